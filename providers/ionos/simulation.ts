import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type ReverseZones,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const TOKEN = "ionos-secret-token";

function refusal(httpStatus: number, errorCode: string, message: string): ApiResponse {
  return { status: httpStatus, json: { httpStatus, messages: [{ errorCode, message }] } };
}

/** The record's id, kept by being computed: one record per address. */
function recordId(address: string): string {
  const digits = Buffer.from(address).toString("hex").padEnd(32, "0").slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What people wrote into the records' descriptions, kept as long as a PUT carries it. */
const descriptions = new WeakMap<ReverseZones, Map<string, string>>();

function describe(zones: ReverseZones, address: string, description: unknown): void {
  const known = descriptions.get(zones) ?? new Map<string, string>();
  descriptions.set(zones, known);
  if (typeof description === "string") known.set(address, description);
  else known.delete(address);
}

/** The description of an address' record; undefined: none. */
export function ionosDescription(zones: ReverseZones, address: string): string | undefined {
  return descriptions.get(zones)?.get(address);
}

/** Somebody describes the record in the panel. */
export function describeIonosRecord(zones: ReverseZones, address: string, description: string): void {
  describe(zones, address, description);
}

function record(address: string, zones: ReverseZones): unknown {
  const description = ionosDescription(zones, address);
  return {
    id: recordId(address),
    type: "reverserecord",
    href: `/reverserecords/${recordId(address)}`,
    metadata: { createdDate: "2026-08-17T12:00:00Z", lastModifiedDate: "2026-08-17T12:00:00Z" },
    properties: { name: zones.ptr(address), ip: address, ...(description !== undefined && { description }) },
  };
}

/** A PTR is a record of its own: made once, then changed by its id. */
export const ionos: SimulatedApi = {
  name: "ionos",
  config: { "ionoscloud:token": TOKEN },
  handle: ({ method, path, query, headers, body }, zones) => {
    if (headers.authorization !== `Bearer ${TOKEN}`)
      return refusal(401, "paas-auth-1", "Unauthorized, wrong or no api key");
    const records = zones.addresses().filter((address) => zones.ptr(address) !== null);
    if (path === "/reverserecords" && method === "GET") {
      const wanted = query.getAll("filter.recordIp");
      const items = records.filter((address) => wanted.length === 0 || wanted.includes(address));
      const json = {
        id: "e74d0d15-f567-4b7b-9069-26ee1f93bae3",
        type: "collection",
        href: "/reverserecords",
        offset: 0,
        limit: 100,
        _links: {},
        items: items.map((address) => record(address, zones)),
      };
      return { status: 200, json };
    }
    const [name, ip] = [bodyMember(body, "properties", "name"), bodyMember(body, "properties", "ip")];
    if (path === "/reverserecords" && method === "POST") {
      if (typeof ip !== "string" || !zones.holds(ip)) {
        return refusal(403, "paas-feature-1", "the IP address is not owned by the contract");
      }
      if (!looksLikeHostname(name)) return refusal(400, "paas-validation-1", "properties.name: not a valid name");
      if (zones.ptr(ip) !== null) return refusal(409, "paas-conflict-1", "a reverse record for the IP already exists");
      zones.setPtr(ip, name);
      describe(zones, ip, bodyMember(body, "properties", "description"));
      return { status: 202, json: record(ip, zones) };
    }
    const address = records.find((one) => path === `/reverserecords/${recordId(one)}`);
    if (address === undefined) return refusal(404, "paas-notfound-1", "the reverse record does not exist");
    if (method === "PUT") {
      if (!looksLikeHostname(name)) return refusal(400, "paas-validation-1", "properties.name: not a valid name");
      zones.setPtr(address, name);
      // A PUT replaces the record.
      describe(zones, address, bodyMember(body, "properties", "description"));
      return { status: 202, json: record(address, zones) };
    }
    if (method === "DELETE") {
      zones.setPtr(address, null);
      return { status: 202, json: {} };
    }
    return { status: 200, json: record(address, zones) };
  },
};
