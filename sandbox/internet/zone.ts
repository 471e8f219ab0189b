/** A zone of the loopback internet: plain records that may be changed while it is served. */
import { nameKey, type ResourceRecord } from "./message";

export interface ZoneOptions {
  /** Apex, for example `example.com`; `.` is the root. */
  readonly origin: string;
  /** Name servers in the apex NS RRset. */
  readonly ns: readonly string[];
  /** TTL of records set without one, seconds. @default 300 */
  readonly ttl?: number;
  readonly soa?: {
    /** @default the first of `ns` */
    readonly primary?: string;
    /** @default hostmaster under the origin */
    readonly mailbox?: string;
    readonly serial?: number;
    /** SOA.MINIMUM, seconds: half of the negative TTL (RFC 2308). @default 300 */
    readonly minimum?: number;
    /** TTL of the SOA record itself, seconds: the other half. @default 300 */
    readonly ttl?: number;
  };
}

export interface Delegation {
  readonly cut: string;
  readonly servers: readonly string[];
  /** Name of a server -> its addresses. */
  readonly glue: Readonly<{ [server: string]: readonly string[] }>;
}

/** The answer of a zone to one question. */
export type ZoneAnswer =
  | { readonly kind: "records"; readonly records: readonly ResourceRecord[] }
  /** `by`: the DNAME record that the alias is made of (RFC 6672 section 3.1). */
  | { readonly kind: "cname"; readonly record: ResourceRecord; readonly target: string; readonly by?: ResourceRecord }
  | { readonly kind: "referral"; readonly delegation: Delegation }
  | { readonly kind: "nodata" }
  | { readonly kind: "nxdomain" };

export class Zone {
  readonly origin: string;
  /** How this zone is keyed: the origin's canonical spelling, "" for the root. */
  readonly key: string;
  readonly ttl: number;
  #soa: { primary: string; mailbox: string; serial: number; minimum: number; ttl: number };
  /** Owner key -> type -> records. */
  readonly #records = new Map<string, Map<string, readonly ResourceRecord[]>>();
  readonly #delegations = new Map<string, Delegation>();
  /** How many owners lie at or below a name: what exists, empty non-terminals included. */
  readonly #existing = new Map<string, number>();

  constructor(options: ZoneOptions) {
    this.origin = options.origin.replace(/\.$/, "");
    this.key = nameKey(options.origin);
    this.ttl = options.ttl ?? 300;
    this.#soa = {
      primary: options.soa?.primary ?? options.ns[0] ?? "ns.invalid",
      mailbox: options.soa?.mailbox ?? (this.key === "" ? "hostmaster" : `hostmaster.${this.origin}`),
      serial: options.soa?.serial ?? 1,
      minimum: options.soa?.minimum ?? 300,
      ttl: options.soa?.ttl ?? 300,
    };
    this.set(this.origin, "NS", options.ns);
  }

  /** Replaces a record set. Values are presentation format, or rdata as bytes; no values removes the set. */
  set(owner: string, type: string, values: readonly (string | Uint8Array)[], ttl = this.ttl): void {
    const key = this.#inside(owner);
    this.remove(owner, type);
    if (values.length === 0) return;
    let types = this.#records.get(key);
    if (!types) {
      types = new Map();
      this.#records.set(key, types);
      this.#count(key, 1);
    }
    types.set(
      type.toUpperCase(),
      values.map((value) => ({ owner: owner.replace(/(?<!\\)\.$/, ""), type: type.toUpperCase(), ttl, value })),
    );
    this.#soa.serial++;
  }

  /** Adds one value to a record set, keeping the others. */
  add(owner: string, type: string, value: string | Uint8Array, ttl = this.ttl): void {
    this.set(owner, type, [...this.get(owner, type), value], ttl);
  }

  /** Removes one record set, or everything at `owner`. */
  remove(owner: string, type?: string): void {
    const key = this.#inside(owner);
    const types = this.#records.get(key);
    if (!types) return;
    if (type) types.delete(type.toUpperCase());
    else types.clear();
    this.#soa.serial++;
    if (types.size === 0) {
      this.#records.delete(key);
      this.#count(key, -1);
    }
  }

  /** The values of a record set, empty when there is none. */
  get(owner: string, type: string): readonly (string | Uint8Array)[] {
    return (
      this.#records
        .get(nameKey(owner))
        ?.get(type.toUpperCase())
        ?.map((record) => record.value) ?? []
    );
  }

  /** Every delegation, in the order in which they were made. */
  delegations(): Delegation[] {
    return [...this.#delegations.values()];
  }

  /** Every record, apex NS included, SOA and delegations not. */
  records(): ResourceRecord[] {
    return [...this.#records.values()].flatMap((types) => [...types.values()].flat());
  }

  /** Delegates `cut` and everything below it; no servers takes the delegation away. */
  delegate(cut: string, servers: readonly string[], glue: Delegation["glue"] = {}): void {
    const key = this.#inside(cut);
    if (this.#delegations.delete(key)) this.#count(key, -1);
    if (servers.length === 0) return;
    this.#delegations.set(key, { cut: cut.replace(/\.$/, ""), servers, glue });
    this.#count(key, 1);
  }

  setSoa(soa: NonNullable<ZoneOptions["soa"]>): void {
    this.#soa = { ...this.#soa, ...soa };
  }

  soa(): ResourceRecord {
    const { primary, mailbox, serial, minimum, ttl } = this.#soa;
    return { owner: this.origin, type: "SOA", ttl, value: `${primary} ${mailbox} ${serial} 3600 600 86400 ${minimum}` };
  }

  holds(name: string): boolean {
    const key = nameKey(name);
    return this.key === "" || key === this.key || key.endsWith(`.${this.key}`);
  }

  lookup(name: string, type: string): ZoneAnswer {
    const key = nameKey(name);
    const cut = this.#cutAbove(key);
    if (cut) return { kind: "referral", delegation: cut };
    if (type === "SOA" && key === this.key) return { kind: "records", records: [this.soa()] };
    if (this.#existing.has(key)) return this.#answer(key, type) ?? { kind: "nodata" };
    const encloser = this.#encloser(key);
    const redirection = this.#redirection(encloser);
    if (redirection) return redirected(name, key, redirection);
    const wildcard = encloser === "" ? "*" : `*.${encloser}`;
    if (!this.#existing.has(wildcard)) return { kind: "nxdomain" };
    return ownedBy(name, this.#answer(wildcard, type) ?? { kind: "nodata" });
  }

  #answer(key: string, type: string): ZoneAnswer | undefined {
    const types = this.#records.get(key);
    const records = types?.get(type);
    if (records) return { kind: "records", records };
    const alias = types?.get("CNAME")?.[0];
    return alias && { kind: "cname", record: alias, target: String(alias.value) };
  }

  /** The closest name above one that does not exist (RFC 4592 section 3.3.1). */
  #encloser(key: string): string {
    for (const name of ancestors(key)) if (this.#existing.has(name) || name === this.key) return name;
    return this.key;
  }

  /** The DNAME at a name or above it; no name may exist below one (RFC 6672 section 2.4). */
  #redirection(key: string): ResourceRecord | undefined {
    for (const name of ancestors(key)) {
      const found = this.#records.get(name)?.get("DNAME")?.[0];
      if (found || name === this.key) return found;
    }
    return undefined;
  }

  /** The delegation nearest to the apex that covers a name: below it this zone is not authoritative. */
  #cutAbove(key: string): Delegation | undefined {
    if (this.#delegations.size === 0) return undefined;
    let found: Delegation | undefined;
    for (const name of ancestors(key)) {
      if (name === this.key) break;
      found = this.#delegations.get(name) ?? found;
    }
    return found;
  }

  #count(key: string, change: number): void {
    for (const name of ancestors(key)) {
      const count = (this.#existing.get(name) ?? 0) + change;
      if (count > 0) this.#existing.set(name, count);
      else this.#existing.delete(name);
      if (name === this.key) break;
    }
  }

  #inside(owner: string): string {
    if (!this.holds(owner)) throw new RangeError(`${owner} is not in zone ${this.origin || "."}`);
    return nameKey(owner);
  }
}

/** The CNAME that is synthesized from a DNAME above a name. */
function redirected(name: string, key: string, by: ResourceRecord): ZoneAnswer {
  const rest = key.slice(0, key.length - nameKey(by.owner).length);
  const target = `${rest}${String(by.value)}`;
  return { kind: "cname", record: { owner: name, type: "CNAME", ttl: by.ttl, value: target }, target, by };
}

/** A wildcard's records, with the name that was queried. */
function ownedBy(owner: string, answer: ZoneAnswer): ZoneAnswer {
  if (answer.kind === "records") {
    return { kind: "records", records: answer.records.map((record) => ({ ...record, owner })) };
  }
  return answer.kind === "cname" ? { ...answer, record: { ...answer.record, owner } } : answer;
}

/** A name's key, then those of its parents up to the root. */
function* ancestors(key: string): Generator<string> {
  for (let name = key; name !== ""; ) {
    yield name;
    name = parentOf(name);
  }
  yield "";
}

function parentOf(key: string): string {
  return key.replace(/^(?:\\.|[^.\\])+\.?/, "");
}
