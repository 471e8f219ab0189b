import { type ApiResponse, bodyMember, looksLikeHostname, type ReverseZones, type SimulatedApi } from "./simulated-api";

const TOKEN = "ionos-secret-token";

function refusal(httpStatus: number, errorCode: string, message: string): ApiResponse {
  return { status: httpStatus, json: { httpStatus, messages: [{ errorCode, message }] } };
}

/** The record's id, kept by being computed: one record an address. */
function recordId(address: string): string {
  const digits = Buffer.from(address).toString("hex").padEnd(32, "0").slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function record(address: string, zones: ReverseZones): unknown {
  return { id: recordId(address), type: "reverserecord", properties: { name: zones.ptr(address), ip: address } };
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
      return { status: 200, json: { type: "collection", items: items.map((address) => record(address, zones)) } };
    }
    const [name, ip] = [bodyMember(body, "properties", "name"), bodyMember(body, "properties", "ip")];
    if (path === "/reverserecords" && method === "POST") {
      if (typeof ip !== "string" || !zones.holds(ip)) {
        return refusal(403, "paas-feature-1", "the IP address is not owned by the contract");
      }
      if (!looksLikeHostname(name)) return refusal(400, "paas-validation-1", "properties.name: not a valid name");
      if (zones.ptr(ip) !== null) return refusal(409, "paas-conflict-1", "a reverse record for the IP already exists");
      zones.setPtr(ip, name);
      return { status: 202, json: record(ip, zones) };
    }
    const address = records.find((one) => path === `/reverserecords/${recordId(one)}`);
    if (address === undefined) return refusal(404, "paas-notfound-1", "the reverse record does not exist");
    if (method === "PUT") {
      if (!looksLikeHostname(name)) return refusal(400, "paas-validation-1", "properties.name: not a valid name");
      zones.setPtr(address, name);
      return { status: 202, json: record(address, zones) };
    }
    if (method === "DELETE") {
      zones.setPtr(address, null);
      return { status: 202, json: {} };
    }
    return { status: 200, json: record(address, zones) };
  },
};
