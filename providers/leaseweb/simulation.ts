import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const TOKEN = "leaseweb-secret-token";
const RANGE = "2001:db8:7::/112";

/** The API's own default of `limit`. */
const PAGE = 5;

/** The members that the document requires of an `ip`. */
function details(ip: string, reverseLookup: string | null): unknown {
  return {
    ip,
    version: ip.includes(":") ? 6 : 4,
    type: "NORMAL_IP",
    prefixLength: 32,
    primary: true,
    floatingIp: false,
    reverseLookup,
    nullRouted: false,
    nullLevel: null,
    unnullingAllowed: false,
    equipmentId: "1234",
    assignedContract: { id: "5643634" },
    subnet: { id: "203.0.113.0_24", networkIp: "203.0.113.0", prefixLength: 24, gateway: "203.0.113.254" },
  };
}

function refusal(status: number, errorMessage: string): ApiResponse {
  return {
    status,
    json: { correlationId: "289346a1-3eaf-4da4-b707-62ef12eb08be", errorCode: String(status), errorMessage },
  };
}

/** What stands in the range besides, spelt as the API spells it: more than one page. */
const others = Array.from(
  { length: 23 },
  (_, index) => `2001:0db8:0007:0000:0000:0000:0000:${(0xf000 + index).toString(16)}`,
);

/** IPv4 carries its PTR; IPv6 has a list below the range, and is not known by its single addresses. */
export const leaseweb: SimulatedApi = {
  name: "leaseweb",
  config: { "leaseweb:token": TOKEN },
  basePath: "/ipMgmt/v2",
  settings: { ipv6Range: RANGE },
  handle: ({ method, path, query, headers, body }, zones) => {
    if (headers["x-lsw-auth"] !== TOKEN) return refusal(401, "You are not authorized to view this resource.");
    const [, key = "", list] = /^\/ips\/([^/]+)(\/reverseLookup)?$/.exec(path) ?? [];
    if (list === undefined) {
      if (!zones.holds(key)) return refusal(404, "Resource could not be found.");
      if (method === "PUT") {
        const wanted = bodyMember(body, "reverseLookup");
        if (key.includes(":")) return refusal(400, "The API could not interpret your request correctly.");
        if (!looksLikeHostname(wanted)) return refusal(400, "The API could not interpret your request correctly.");
        zones.setPtr(key, wanted);
      }
      return { status: 200, json: details(key, zones.ptr(key)) };
    }
    if (key !== RANGE.replace("/", "_")) return refusal(404, "Resource could not be found.");
    if (method === "PUT") {
      const ip = bodyMember(body, "reverseLookups", 0, "ip");
      const wanted = bodyMember(body, "reverseLookups", 0, "reverseLookup");
      const removes = wanted === null || wanted === "";
      if (typeof ip !== "string" || !zones.holds(ip) || (!removes && !looksLikeHostname(wanted))) {
        return refusal(400, "The API could not interpret your request correctly.");
      }
      zones.setPtr(ip, removes ? null : wanted);
      return { status: 200, json: { reverseLookups: [{ ip, reverseLookup: zones.ptr(ip) }] } };
    }
    const all = [...others, ...zones.addresses().filter((ip) => ip.includes(":") && zones.ptr(ip) !== null)];
    const offset = Number(query.get("offset") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? PAGE), 20);
    const reverseLookups = all.slice(offset, offset + limit).map((ip) => ({
      ip,
      reverseLookup: zones.ptr(ip) ?? "other.example.net",
    }));
    return { status: 200, json: { _metadata: { totalCount: all.length, offset, limit }, reverseLookups } };
  },
};
