/**
 * A simulated cloud: what the real provider plugin would do, as data and small functions, `simulation.ts` in its
 * folder. All of them are served to the real Pulumi engine by one gRPC provider (`sandbox/clouds/serve.ts`), attached
 * with `PULUMI_DEBUG_PROVIDERS`, and publish into the DNS of the loopback internet.
 */

/** Property values as the engine sends them. */
export type Properties = Record<string, unknown>;

/** A refusal by the cloud, in the words of the real one. */
export class CloudError extends Error {}

/**
 * The cloud took the request, and what came of it failed later. The engine keeps such a resource, as one that is not
 * initialised, and updates it in the next run even if nothing changed.
 */
export class InitializationError extends CloudError {
  /**
   * @param id of the resource that is there now
   * @param outputs as the plugin reads them after the failure
   */
  constructor(
    message: string,
    readonly id: string,
    readonly outputs: Properties,
  ) {
    super(message);
  }
}

/** The part of the loopback internet that a cloud can see and change. */
export interface Environment {
  /** A fresh address (or, for family 6, a fresh /64 network such as `2001:db8:1:2::`) out of this cloud's block. */
  allocate(family: 4 | 6): string;
  /** Gives an address back; its PTR disappears. */
  release(address: string): void;
  /** Sets the PTR in the reverse zones; null removes it. Takes effect after the world's publishing delay. */
  setPtr(address: string, hostname: string | null): void;
  /** The PTR as last set, published or not. */
  ptr(address: string): string | null;
  /** Replaces the record set in the forward or own zone that holds `owner`; empty values remove it. */
  setRecords(owner: string, type: string, values: readonly string[], ttl?: number): void;
  records(owner: string, type: string): readonly string[];
  /** Zones that exist in this internet, as the cloud's API would list them. */
  zones(): readonly string[];
  /** What the cloud's own resolver sees right now at the published zones: addresses of `hostname`. */
  resolve(hostname: string, type: "A" | "AAAA"): readonly string[];
  /** A new number for resource ids, unique in this world. */
  nextId(): number;
  /** Appends to the world's journal: what happened in which order, read by tests ("ptr set 192.0.2.1 mail.example.com"). */
  note(event: string): void;
}

/** Whose inputs are checked. */
export interface Checked {
  /** The Pulumi name, which names are made from. */
  readonly name: string;
  /** The inputs as they were checked last; empty where the resource is made, or made anew. */
  readonly olds: Properties;
}

export type Check = (inputs: Properties, world: Environment, resource?: Checked) => Properties;

export interface SimulatedResource {
  /**
   * Input property that the plugin fills, where the program does not, with the resource's Pulumi name and seven random digits:
   * `SetAutonaming` of pulumi-terraform-bridge. @default none
   */
  readonly autoname?: string;
  /** Input properties whose change replaces the resource; `"*"`: every one. */
  readonly replaceOn: readonly string[] | "*";
  /**
   * Input properties that the plugin takes for changed, where that is not simply what the program changed: it compares the
   * inputs with the state, which holds what the API answered.
   * @param changed what differs between the last inputs and these
   * @param state the outputs, as the last operation or refresh left them
   * @default `changed`
   */
  readonly planned?: (changed: readonly string[], state: Properties, inputs: Properties) => readonly string[];
  /** Further input properties whose change replaces the resource, of those that changed. @default none */
  readonly replacedBy?: (changed: readonly string[], state: Properties, inputs: Properties) => readonly string[];
  /**
   * Fills defaults; throws {@link CloudError} to refuse before anything is done. Called in previews too, with what is
   * known: it ends where it reads a value that is not (`inTurn` joins checks that must not hide each other).
   */
  readonly check?: Check;
  /** Outputs (inputs included). */
  readonly create: (
    inputs: Properties,
    world: Environment,
  ) => Promise<{ id: string; outputs: Properties }> | { id: string; outputs: Properties };
  /** New outputs after an update in place. */
  readonly update?: (
    id: string,
    olds: Properties,
    inputs: Properties,
    world: Environment,
  ) => Promise<Properties> | Properties;
  /** What a refresh sees; undefined: gone. Without it: the state is taken as it is. */
  readonly read?: (id: string, outputs: Properties, world: Environment) => Properties | undefined;
  readonly delete: (id: string, outputs: Properties, world: Environment) => Promise<void> | void;
}

/** The addresses that a cloud hands out, from those for documentation (RFC 5737, RFC 3849) and benchmarks (RFC 2544). */
export interface AddressBlock {
  /** Prefixes on octet boundaries (`/8`, `/16`, `/24`): each is one reverse zone. */
  readonly v4: readonly string[];
  /** Prefixes on nibble boundaries, shorter than `/64`: networks of `/64` are handed out. */
  readonly v6: readonly string[];
  /** Zones of the cloud itself, in which its generic host names lie. */
  readonly ownZones?: readonly string[];
}

export interface SimulatedCloud {
  /** The Pulumi package: first part of the type tokens, `hcloud`. */
  readonly package: string;
  /** The addresses that it hands out. @default none: it hosts DNS zones alone */
  readonly addresses?: AddressBlock;
  /** Checks the provider's own configuration (token format ...); throws {@link CloudError}. */
  readonly configure?: (config: Properties) => void;
  /** By type token: `hcloud:index/primaryIp:PrimaryIp`. */
  readonly resources: Readonly<Record<string, SimulatedResource>>;
  /** Functions (`getZone`), by token. */
  readonly functions?: Readonly<Record<string, (args: Properties, world: Environment) => Properties>>;
  /** Pulumi config that points the real SDK here and satisfies its required settings: `{ "hcloud:token": "..." }`. */
  readonly config: Readonly<Record<string, string>>;
}
