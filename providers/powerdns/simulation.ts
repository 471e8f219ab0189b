import { parseAddress, reverseName } from "../../fcrdns/names/address";
import {
  type ApiResponse,
  bodyMember,
  type ReverseZones,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const KEY = "powerdns-secret-key";
const ZONES = "/api/v1/servers/localhost/zones";

/** A /24 or /48 for each address; answers as of pdns_server 4.7.3, which `test/providers/rest/powerdns-server.test.ts` asks. */
export const powerdns: SimulatedApi = {
  name: "powerdns",
  config: { "powerdns:apiKey": KEY },
  handle: ({ method, path, query, headers, body }, zones) => {
    if (headers["x-api-key"] !== KEY) return { status: 401 };
    const ids = [...new Set(zones.addresses().map((address) => zoneOf(arpa(address))))];
    if (path === ZONES && method === "GET") {
      const wanted = query.get("zone");
      return { status: 200, json: ids.filter((id) => wanted === null || wanted === id).map(zoneObject) };
    }
    const zone = ids.find((id) => path === `${ZONES}/${encodeURIComponent(id)}`);
    if (zone === undefined) return { status: 404 };
    const held = zones.addresses().filter((address) => zoneOf(arpa(address)) === zone);
    if (method === "PATCH") return patched(zone, held, zones, body);
    const sets = held.flatMap((address) => rrset(address, zones));
    const name = query.get("rrset_name");
    const rrsets = sets.filter((set) => name === null || set.name === name);
    return { status: 200, json: { ...zoneObject(zone), rrsets } };
  },
};

function patched(zone: string, held: readonly string[], zones: ReverseZones, body: unknown): ApiResponse {
  const set = (...keys: readonly (string | number)[]) => bodyMember(body, "rrsets", 0, ...keys);
  const address = held.find((one) => `${arpa(one)}.` === set("name"));
  if (address === undefined) return refusal(`RRset ${set("name")} IN PTR: Name is out of zone ${zone}`);
  if (set("changetype") === "DELETE") {
    zones.setPtr(address, null);
    return { status: 204 };
  }
  const content = set("records", 0, "content");
  // Any name will do, as long as it ends with a dot.
  if (typeof content !== "string" || !content.endsWith(".")) {
    return refusal(`Record ${set("name")}/PTR '${content}': Not in expected format (parsed as '${content}')`);
  }
  zones.setPtr(address, content.replace(/\.$/, ""));
  return { status: 204 };
}

function refusal(error: string): ApiResponse {
  return { status: 422, json: { error } };
}

function rrset(address: string, zones: ReverseZones) {
  const ptr = zones.ptr(address);
  if (ptr === null) return [];
  const name = `${arpa(address)}.`;
  return [{ name, type: "PTR", ttl: 3600, comments: [], records: [{ content: `${ptr}.`, disabled: false }] }];
}

function zoneObject(id: string) {
  return { id, name: id, kind: "Native", url: `${ZONES}/${id}`, serial: 2026112101 };
}

function arpa(address: string): string {
  const parsed = parseAddress(address);
  return parsed.ok ? reverseName(parsed.address) : "";
}

function zoneOf(name: string): string {
  return `${name
    .split(".")
    .slice(name.endsWith("ip6.arpa") ? -14 : -5)
    .join(".")}.`;
}
