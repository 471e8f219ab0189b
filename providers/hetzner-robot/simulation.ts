import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const USER = "#ws+sandbox";
const PASSWORD = "robot-secret-password";

function refusal(status: number, code: string, message: string): ApiResponse {
  return { status, json: { error: { status, code, message } } };
}

/** IPv4 falls back to its default name when the entry is deleted, IPv6 to nothing. */
export const hetznerRobot: SimulatedApi = {
  name: "hetzner-robot",
  config: { "hetzner-robot:user": USER, "hetzner-robot:password": PASSWORD },
  handle: ({ method, path, headers, body }, zones) => {
    const expected = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
    if (headers.authorization !== expected) return refusal(401, "UNAUTHORIZED", "Unauthorized");
    const address = /^\/rdns\/([^/]+)$/.exec(path)?.[1];
    if (address === undefined) return refusal(404, "NOT_FOUND", "No route found");
    if (!zones.holds(address)) return refusal(404, "IP_NOT_FOUND", `The IP address ${address} was not found`);
    const ptr = zones.ptr(address);
    switch (method) {
      case "GET":
      case "DELETE":
        if (ptr === null) {
          return refusal(404, "RDNS_NOT_FOUND", `The IP address ${address} has no reverse DNS entry yet`);
        }
        if (method === "DELETE") {
          zones.setPtr(address, zones.defaultName(address));
          return { status: 200 };
        }
        return { status: 200, json: { rdns: { ip: address, ptr } } };
      case "PUT":
      case "POST": {
        const wanted = bodyMember(body, "ptr");
        if (!looksLikeHostname(wanted)) {
          return {
            status: 400,
            json: {
              error: { status: 400, code: "INVALID_INPUT", message: "invalid input", missing: null, invalid: ["ptr"] },
            },
          };
        }
        if (method === "PUT" && ptr !== null) return refusal(409, "RDNS_ALREADY_EXISTS", "There is already an entry");
        zones.setPtr(address, wanted);
        return { status: ptr === null ? 201 : 200, json: { rdns: { ip: address, ptr: wanted } } };
      }
      default:
        return refusal(405, "METHOD_NOT_ALLOWED", "Method not allowed");
    }
  },
};
