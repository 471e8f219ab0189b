/** A zone at a vendor whose API knows single records, not sets of them. */
import type { World } from "./fake-api";

export interface ListedRecord {
  readonly type: string;
  /** Relative to the zone; `@` or nothing: the apex. */
  readonly name: string;
  readonly value: string;
  readonly ttl: number;
  /** Of an MX whose value does not contain it. */
  readonly priority?: number;
}

export interface RecordList {
  get(id: string): ListedRecord | undefined;
  /** By id. */
  all(): readonly (readonly [string, ListedRecord])[];
  /** @returns the record's id */
  add(record: ListedRecord, id?: string): Promise<string>;
  change(id: string, record: ListedRecord): Promise<void>;
  remove(id: string): Promise<void>;
  left(): readonly string[];
}

export function recordList(world: World, zone: string): RecordList {
  const records = new Map<string, ListedRecord>();
  let lastId = 28448000;
  const ownerOf = ({ name }: ListedRecord) => (["", "@"].includes(name) ? zone : `${name}.${zone}`);
  const shown = ({ type, value, priority }: ListedRecord) =>
    type === "MX" && priority !== undefined ? `${priority} ${value}` : value;
  const publish = async (changed: ListedRecord): Promise<void> => {
    const owner = ownerOf(changed);
    const set = [...records.values()].filter((each) => ownerOf(each) === owner && each.type === changed.type);
    await world.setRecords(owner, changed.type, set.map(shown), changed.ttl);
  };
  return {
    get: (id) => records.get(id),
    all: () => [...records],
    async add(record, id = String(++lastId)) {
      records.set(id, record);
      await publish(record);
      return id;
    },
    async change(id, record) {
      const before = records.get(id);
      records.set(id, record);
      if (before !== undefined) await publish(before);
      await publish(record);
    },
    async remove(id) {
      const record = records.get(id);
      records.delete(id);
      if (record !== undefined) await publish(record);
    },
    left: () => [...records.values()].map((record) => `record ${ownerOf(record)} ${record.type} ${record.value}`),
  };
}
