/**
 * PowerDNS Authoritative Server, https://doc.powerdns.com/authoritative/http-api/zone.html and its
 * docs/http-api/swagger/authoritative-api-swagger.yaml: PTRs as record sets of a reverse zone of one's own.
 */
import { type IpAddress, parseAddress, reverseName } from "../../fcrdns/names/address";
import { canonicalName } from "../../fcrdns/names/name";
import { reverseRecordName } from "../internal/addresses/reverse-zone";
import {
  listMember,
  type NoAddress,
  type RestApi,
  type Session,
  type Target,
  textMember,
} from "../internal/rest/rest-api";
import { list, object, text } from "../internal/rest/shape";

const ZONES = "/api/v1/servers/localhost/zones";
/** Seconds, as PowerDNS' own tools set. */
const TTL = 3600;

const zoneShape = { id: text, name: text, kind: text };
const zones = list(object(zoneShape));
const rrsets = list(object({ name: text, type: text, records: list(object({ content: text })) }));

/** Where the PTR of an address is. */
interface Place {
  /** As the API names the zone: with a final dot, `/` as `=2F`. */
  readonly zone: string;
  /** The record's name, with a final dot. */
  readonly owner: string;
}

async function find(session: Session, { address, settings }: Target): Promise<Place | NoAddress> {
  const parsed = parseAddress(address);
  if (!parsed.ok) return { kind: "no-address", why: parsed.reason };
  const ip = parsed.address;
  const named = settings.reverseZone === undefined ? undefined : place(ip, settings.reverseZone);
  const filter = named === undefined ? "" : `zone=${encodeURIComponent(`${named.zone}.`)}&`;
  const answer = await session.call({ method: "GET", path: `${ZONES}?${filter}dnssec=false`, shape: zones });
  if (answer.status !== 200) throw session.refused(answer);
  const wanted = named?.zone ?? enclosing(ip, listMember(answer.body));
  const zone = listMember(answer.body).find((one) => nameOf(one) === wanted);
  const found = wanted === undefined ? undefined : (named ?? place(ip, wanted));
  if (zone === undefined || found === undefined) {
    return { kind: "no-address", why: `the server has no zone ${wanted ?? `that holds ${reverseName(ip)}`}` };
  }
  const kind = textMember(zone, "kind") ?? "";
  if (/^(?:slave|secondary|consumer)$/i.test(kind)) {
    return {
      kind: "no-address",
      why: `the zone ${wanted} is a copy on this server (kind ${kind}), changed at its primary`,
    };
  }
  return { zone: textMember(zone, "id") ?? "", owner: `${found.owner}.` };
}

/** Undefined where the zone does not cover the address: a zone for IPv4 is given beside an IPv6 address. */
function place(ip: IpAddress, zone: string): Place | undefined {
  const name = canonicalName(zone);
  const record = reverseRecordName(ip, zone);
  return name.ok && record.ok ? { zone: name.name, owner: record.name } : undefined;
}

/** The deepest zone above the address's reverse name. */
function enclosing(ip: IpAddress, among: readonly unknown[]): string | undefined {
  const arpa = reverseName(ip);
  return among
    .map(nameOf)
    .filter((name) => arpa.endsWith(`.${name}`))
    .sort((a, b) => b.length - a.length)[0];
}

function nameOf(zone: unknown): string {
  const name = canonicalName(textMember(zone, "name") ?? "");
  return name.ok ? name.name : "";
}

type Change =
  | { readonly changetype: "REPLACE"; readonly ttl: number; readonly records: readonly object[] }
  | { readonly changetype: "DELETE" };

async function change(session: Session, { zone, owner }: Place, wanted: Change): Promise<void> {
  const json = { rrsets: [{ name: owner, type: "PTR", ...wanted }] };
  const answer = await session.call({ method: "PATCH", path: `${ZONES}/${encodeURIComponent(zone)}`, json });
  if (answer.status >= 300) throw session.refused(answer);
}

function replaced(hostname: string): Change {
  const content = `${hostname.replace(/\.$/, "")}.`;
  return { changetype: "REPLACE", ttl: TTL, records: [{ content, disabled: false }] };
}

export const powerdns: RestApi = {
  title: "PowerDNS",
  endpoint: "http://127.0.0.1:8081",
  credentials: [[{ name: "apiKey", config: "powerdns:apiKey", environment: "PDNS_API_KEY" }]],
  settings: ["reverseZone"],
  authorize: async ({ apiKey }) => ({ headers: { "x-api-key": apiKey ?? "" } }),
  read: async (session, target) => {
    const found = await find(session, target);
    if ("kind" in found) return found;
    const { zone, owner } = found;
    // Servers before 4.7 give every record set, whatever is asked for.
    const query = `rrset_name=${encodeURIComponent(owner)}&rrset_type=PTR`;
    const shape = object({ ...zoneShape, rrsets });
    const answer = await session.call({ method: "GET", path: `${ZONES}/${encodeURIComponent(zone)}?${query}`, shape });
    if (answer.status !== 200) throw session.refused(answer);
    const set = listMember(answer.body, "rrsets").find(
      (one) => textMember(one, "type") === "PTR" && textMember(one, "name")?.toLowerCase() === owner,
    );
    const served = listMember(set, "records").filter((one) => (one as { disabled?: unknown }).disabled !== true);
    return textMember(served[0], "content")?.replace(/\.$/, "") ?? null;
  },
  write: async (session, target, hostname) => {
    const found = await find(session, target);
    if ("kind" in found) throw session.noAddress(found);
    await change(session, found, replaced(hostname));
  },
  reset: async (session, target, previous) => {
    const found = await find(session, target);
    if (!("kind" in found))
      await change(session, found, previous === null ? { changetype: "DELETE" } : replaced(previous));
    return "done";
  },
  problem: ({ body }) => {
    const message = textMember(body, "error");
    return message === undefined ? {} : { message };
  },
  advice: {
    "401": "set powerdns:apiKey to the api-key in the server's configuration",
    "404": "create the reverse zone on this server, or give the zone that was delegated to you (`reverseZone`)",
  },
};
