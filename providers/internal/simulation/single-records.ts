/** DNS hosts whose API knows single records: the record sets that name servers show are put together from them. */
import { inventory } from "./inventory";
import type { CloudError, Environment, Properties, SimulatedResource } from "./simulated-cloud";

export interface SingleRecord {
  readonly owner: string;
  readonly type: string;
  /** As in a zone file. */
  readonly value: string;
  readonly ttl?: number;
}

export interface SingleRecords {
  /** Adds or changes the record with this id. */
  put(world: Environment, id: string, record: SingleRecord): void;
  /** A resource for single records; whatever of it is given replaces the default. */
  resource(own: RecordResource): SimulatedResource;
  /** What a refresh sees: false once somebody else has taken the record, or all of its owner and type, away. */
  isShown(world: Environment, id: string): boolean;
  /** The records of one owner and type, other than `exceptId`. */
  others(world: Environment, record: Pick<SingleRecord, "owner" | "type">, exceptId?: string): readonly SingleRecord[];
}

/** A resource that holds a single record, from what is peculiar to its provider. */
export interface RecordResource extends Partial<SimulatedResource> {
  readonly replaceOn: SimulatedResource["replaceOn"];
  /** Throws what the API refuses before a record is made. @default it refuses nothing */
  readonly refuse?: (inputs: Properties, world: Environment) => void;
  /** @default the next number */
  readonly newId?: (world: Environment) => string;
  /** What the deletion of a record that is gone fails with. @default it succeeds */
  readonly deletedTwice?: (id: string) => CloudError;
  /** Writes the record with {@link SingleRecords.put}; returns the outputs. */
  readonly write: (id: string, inputs: Properties, world: Environment) => Properties;
}

export function singleRecords(): SingleRecords {
  const records = inventory<SingleRecord>();
  /** What name servers showed of each set last that is in the inventory. */
  const shown = inventory<readonly string[]>();

  const sameSet = (a: Pick<SingleRecord, "owner" | "type">, b: Pick<SingleRecord, "owner" | "type">) =>
    a.owner === b.owner && a.type === b.type;

  const publish = (world: Environment, set: Pick<SingleRecord, "owner" | "type">): void => {
    const all = [...records(world).values()].filter((record) => sameSet(record, set));
    const values = all.map(({ value }) => value);
    const ttl = all.find((record) => record.ttl !== undefined)?.ttl;
    const key = `${set.owner} ${set.type}`;
    const before = world.records(set.owner, set.type);
    world.setRecords(set.owner, set.type, values, ttl);
    const own = world.records(set.owner, set.type);
    // What was entered by hand stays, beside what is made here.
    const others = before.filter((value) => !own.includes(value) && !shown(world).get(key)?.includes(value));
    if (others.length > 0) {
      world.setRecords(set.owner, set.type, [...others, ...values], ttl);
    }
    shown(world).set(key, own);
  };

  const isShown = (world: Environment, id: string): boolean => {
    const record = records(world).get(id);
    return record !== undefined && world.records(record.owner, record.type).length > 0;
  };

  const remove = (world: Environment, id: string): void => {
    const before = records(world).get(id);
    records(world).delete(id);
    if (before !== undefined) {
      publish(world, before);
    }
  };

  return {
    put(world, id, record) {
      const before = records(world).get(id);
      records(world).set(id, record);
      publish(world, record);
      if (before !== undefined && !sameSet(before, record)) {
        publish(world, before);
      }
    },
    resource: ({ refuse, newId = (world) => String(world.nextId()), deletedTwice, write, ...own }) => ({
      create: (inputs, world) => {
        refuse?.(inputs, world);
        const id = newId(world);
        return { id, outputs: write(id, inputs, world) };
      },
      update: (id, olds, inputs, world) => ({ ...olds, ...write(id, inputs, world) }),
      read: (id, outputs, world) => (isShown(world, id) ? outputs : undefined),
      delete: (id, _outputs, world) => {
        if (deletedTwice !== undefined && !isShown(world, id)) {
          throw deletedTwice(id);
        }
        remove(world, id);
      },
      ...own,
    }),
    isShown,
    others: (world, set, exceptId) =>
      [...records(world)].filter(([id, record]) => id !== exceptId && sameSet(record, set)).map(([, record]) => record),
  };
}
