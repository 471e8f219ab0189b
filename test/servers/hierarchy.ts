/**
 * A hierarchy of zones on six name servers, from the root down to the zones of an address and of a host name: one
 * definition, served by the sandbox's own name server or, as master files, by any real one.
 */
import { randomInt } from "node:crypto";
import { startNameServer, Zone } from "../../sandbox/internet/name-server";
import { isWithin } from "../../sandbox/internet/read-reply";
import { addRecords, masterFile } from "./master-file";
import type { Place } from "./real-server";
import { signed } from "./signed-zone";
import type { Zones } from "./zone-files";

/** Last number of each server's address. `resolver`: whoever listens there has authority over nothing. */
const STATIONS = { root: 1, tree: 2, block: 3, edge: 4, customer: 5, second: 6, resolver: 7 } as const;
export type Station = keyof typeof STATIONS;

/** How a zone is signed, or spoilt. */
export type Signing = "valid" | "expired" | "altered" | "stripped" | "no-denial" | "wrong-ds" | "unsigned-child";

interface Plan {
  readonly origin: string;
  /** Who has the zone. */
  readonly at: readonly Station[];
  /** Who is said to have it, by the delegation and by the zone itself. @default the names of those who have it */
  readonly ns?: readonly string[];
  readonly signing?: Signing;
}

const host = (station: Station): string => `${station}.servers.net`;

/** Reverse zones of the scenarios. */
export const REV = "100.51.198.in-addr.arpa";
export const BLOCK = "51.198.in-addr.arpa";
export const BLOCK6 = "8.b.d.0.1.0.0.2.ip6.arpa";
export const REV48 = `1.0.0.0.${BLOCK6}`;
export const REV64 = `0.0.0.0.${REV48}`;
/** Forward zone of the scenarios. */
export const COM = "example.com";

/** Parents before children. */
const PLANS: readonly Plan[] = [
  { origin: ".", at: ["root"] },
  { origin: "arpa", at: ["root"] },
  ...["com", "net", "test", "in-addr.arpa", "ip6.arpa"].map((origin): Plan => ({ origin, at: ["tree"] })),
  { origin: "servers.net", at: ["tree"] },
  { origin: BLOCK, at: ["block"] },
  { origin: BLOCK6, at: ["block"] },
  { origin: REV, at: ["edge"] },
  { origin: REV48, at: ["edge"] },
  { origin: REV64, at: ["customer"] },
  { origin: `0-3.${REV}`, at: ["customer"] },
  { origin: `4/30.${REV}`, at: ["customer"] },
  { origin: `wild.${REV}`, at: ["edge"] },
  { origin: COM, at: ["customer"] },
  { origin: "EXAMPLE.NET", at: ["customer"], ns: ["NS.Example.Net"] },
  { origin: `x.y.z.${COM}`, at: ["edge"] },
  { origin: `102.${BLOCK}`, at: ["edge"] },
  { origin: `103.${BLOCK}`, at: ["edge", "second"] },
  { origin: "split.test", at: ["customer", "second"] },
  { origin: `104.${BLOCK}`, at: ["edge"], ns: [host("edge"), host("second")] },
  { origin: `105.${BLOCK}`, at: [], ns: [host("second")] },
  { origin: `106.${BLOCK}`, at: ["edge"], ns: [host("edge"), host("resolver")] },
  { origin: `107.${BLOCK}`, at: ["edge"], ns: [host("edge"), "nobody.servers.net"] },
  { origin: `108.${BLOCK}`, at: ["edge"], ns: [host("edge"), "alias.servers.net"] },
  { origin: "one.test", at: [], ns: ["ns.two.test"] },
  { origin: "two.test", at: [], ns: ["ns.one.test"] },
  { origin: `109.${BLOCK}`, at: ["edge"], signing: "valid" },
  { origin: `110.${BLOCK}`, at: ["edge"], signing: "expired" },
  { origin: `111.${BLOCK}`, at: ["edge"], signing: "no-denial" },
  { origin: "signed.test", at: ["customer"], signing: "valid" },
  { origin: "expired.test", at: ["customer"], signing: "expired" },
  { origin: "altered.test", at: ["customer"], signing: "altered" },
  { origin: "stripped.test", at: ["customer"], signing: "stripped" },
  { origin: "parent.test", at: ["customer"], signing: "valid" },
  { origin: "wrong-ds.parent.test", at: ["edge"], signing: "wrong-ds" },
  { origin: "insecure.parent.test", at: ["edge"], signing: "unsigned-child" },
];

/** Records of scenarios by zone; `ORIGIN@STATION` speaks of one server's copy. */
export type Contents = Readonly<Record<string, string>>;

export interface Hierarchy {
  /** `127.x.y` */
  readonly net: string;
  readonly port: number;
  /** Station -> its zones. */
  readonly zones: ReadonlyMap<Station, readonly Zone[]>;
  /** The same as master files; zones that are to be signed are. */
  readonly files: ReadonlyMap<Station, Zones>;
  /** DNSKEY records of the signed zones. */
  readonly anchors: readonly string[];
  /** Every zone and the addresses of the servers that are said to have it. */
  readonly servers: Readonly<Record<string, readonly string[]>>;
  address(station: Station): string;
}

/** @param signing whether zones may be signed; otherwise those that would be are left out */
export function buildHierarchy(contents: readonly Contents[], { signing = true } = {}): Hierarchy {
  const net = `127.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  // Below the ports that systems give to outgoing connections.
  const port = randomInt(10_000, 30_000);
  const address = (station: Station) => `${net}.${STATIONS[station]}`;
  const plans = PLANS.filter((plan) => signing || plan.signing === undefined);
  const hosts = new Map<string, string>(
    (Object.keys(STATIONS) as Station[]).map((station) => [host(station), address(station)]),
  );
  hosts.set("NS.Example.Net", address("customer"));
  const nsOf = (plan: Plan) => plan.ns ?? plan.at.map(host);

  const placed = plans.flatMap((plan) =>
    plan.at.map((station) => ({ plan, station, zone: new Zone({ origin: plan.origin, ns: nsOf(plan) }) })),
  );
  for (const { plan, station, zone } of placed) {
    if (plan.origin === "servers.net") {
      for (const [name, at] of hosts) if (isWithin(name, plan.origin)) zone.set(name, "A", [at]);
      zone.set("alias.servers.net", "CNAME", [host("second")]);
    }
    if (plan.origin === "EXAMPLE.NET") zone.set("NS.Example.Net", "A", [address("customer")]);
    for (const below of plans) {
      if (below === plan || parentOf(below, plans) !== plan) continue;
      const ns = nsOf(below);
      const glue = ns.flatMap((name): [string, string[]][] => {
        const at = isWithin(name, plan.origin) ? hosts.get(name) : undefined;
        return at === undefined ? [] : [[name, [at]]];
      });
      zone.delegate(below.origin, ns, Object.fromEntries(glue));
    }
    for (const each of contents) {
      addRecords(zone, each[plan.origin] ?? "");
      addRecords(zone, each[`${plan.origin}@${station}`] ?? "");
    }
  }

  const zones = new Map<Station, Zone[]>();
  const files = new Map<Station, Record<string, string>>();
  const anchors: string[] = [];
  for (const { plan, station, zone } of placed) {
    zones.set(station, [...(zones.get(station) ?? []), zone]);
    let text = masterFile(zone);
    if (plan.signing !== undefined) {
      const done = sign(plan, plan.origin === "parent.test" ? `${text}${WRONG_DS}\n` : text);
      text = done.records;
      if (done.anchor) anchors.push(done.anchor);
    }
    files.set(station, { ...files.get(station), [plan.origin]: text });
  }
  const servers = Object.fromEntries(
    plans.map((plan) => [plan.origin, nsOf(plan).flatMap((name) => hosts.get(name) ?? [])]),
  );
  return { net, port, zones, files, anchors, servers, address };
}

function parentOf(plan: Plan, plans: readonly Plan[]): Plan | undefined {
  return plans
    .filter((other) => other !== plan && isWithin(plan.origin, other.origin))
    .sort((a, b) => b.origin.length - a.origin.length)[0];
}

/** Of a key that the child does not have. */
const WRONG_DS = `wrong-ds.parent.test. 300 IN DS 1 13 2 ${"ab".repeat(32)}`;

function sign({ origin, signing }: Plan, text: string): { readonly records: string; readonly anchor?: string } {
  const old = { start: "20200101000000", end: "20200201000000" };
  const done =
    signing === "unsigned-child" ? { records: text } : signed(origin, text, signing === "expired" ? old : undefined);
  switch (signing) {
    case "altered":
      // After signing: the last number of each address.
      return { ...done, records: done.records.replace(/(?<=\sA\s+[\d.]+\.)\d+$/gm, "250") };
    case "stripped":
      return { ...done, records: text };
    case "no-denial":
      return { ...done, records: done.records.replace(/^.*\s(?:NSEC|RRSIG\s+NSEC)\s.*$/gm, "") };
    case "wrong-ds":
    case "unsigned-child":
      // No anchor of its own: the parent speaks for it.
      return { records: done.records };
    default:
      return done;
  }
}

/** Anything that can serve zones at a place. */
export type Serve = (
  zones: { readonly files: Zones; readonly zones: readonly Zone[] },
  place: Required<Place>,
) => Promise<{
  close(): Promise<void>;
}>;

/** The sandbox's own name server. */
export const sandboxServer: Serve = ({ zones }, place) => startNameServer({ ...place, zones });

/** Starts a server at each station; `build` is called again where a port is taken. */
export async function serveHierarchy(
  build: () => Hierarchy,
  serve: Serve,
): Promise<Hierarchy & { close(): Promise<void> }> {
  for (let attempt = 1; ; attempt++) {
    const hierarchy = build();
    const { zones, files, port, address } = hierarchy;
    const stations = [...zones.keys()];
    const started = await Promise.allSettled(
      stations.map((station) =>
        serve(
          { zones: zones.get(station) ?? [], files: files.get(station) ?? {} },
          { address: address(station), port },
        ),
      ),
    );
    const running = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const close = async (): Promise<void> => {
      await Promise.all(running.map((server) => server.close()));
    };
    const failed = started.find((one) => one.status === "rejected");
    if (failed === undefined) return { ...hierarchy, close };
    await close();
    if (attempt === 3) throw failed.reason;
  }
}
