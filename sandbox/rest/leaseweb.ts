import { type ApiResponse, bodyMember, looksLikeHostname, type SimulatedApi } from "./simulated-api";

const TOKEN = "leaseweb-secret-token";
const RANGE = "2001:db8:7::/112";

function refusal(status: number, errorMessage: string): ApiResponse {
  return {
    status,
    json: { correlationId: "289346a1-3eaf-4da4-b707-62ef12eb08be", errorCode: String(status), errorMessage },
  };
}

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
      return { status: 200, json: { ip: key, version: 4, type: "NORMAL_IP", reverseLookup: zones.ptr(key) } };
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
    }
    const reverseLookups = zones
      .addresses()
      .filter((ip) => ip.includes(":") && zones.ptr(ip) !== null && (query.get("ip") ?? ip) === ip)
      .map((ip) => ({ ip, reverseLookup: zones.ptr(ip) }));
    return { status: 200, json: { _metadata: { totalCount: reverseLookups.length }, reverseLookups } };
  },
};
