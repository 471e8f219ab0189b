import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const CONFIG = {
  "contabo:clientId": "DE-100234",
  "contabo:clientSecret": "contabo-client-secret",
  "contabo:user": "ops@example.com",
  "contabo:password": "contabo-api-password",
};
const TOKEN = "contabo-access-token";
const TOKEN_PATH = "/auth/realms/contabo/protocol/openid-connect/token";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `PtrRecordResponse` within `ApiPtrRecordResponse`. */
function record(ip: string, ptr: string | null): unknown {
  const data = [{ tenantId: "DE", customerId: "100234", ip, ttl: 86400, ptr }];
  return { data, _links: { self: `/v1/dns/ptrs/${ip}` } };
}

function refusal(statusCode: number, message: string): ApiResponse {
  return { status: statusCode, json: { statusCode, message } };
}

/** POST and DELETE are for IPv6 alone; an IPv4 address always has a PTR. */
export const contabo: SimulatedApi = {
  name: "contabo",
  config: CONFIG,
  tokenPath: TOKEN_PATH,
  handle: ({ method, path, headers, body }, zones) => {
    if (path === TOKEN_PATH) {
      const known =
        bodyMember(body, "grant_type") === "password" &&
        bodyMember(body, "client_id") === CONFIG["contabo:clientId"] &&
        bodyMember(body, "client_secret") === CONFIG["contabo:clientSecret"] &&
        bodyMember(body, "username") === CONFIG["contabo:user"] &&
        bodyMember(body, "password") === CONFIG["contabo:password"];
      return known
        ? { status: 200, json: { access_token: TOKEN, expires_in: 300, token_type: "Bearer", scope: "openid" } }
        : { status: 401, json: { error: "invalid_grant", error_description: "Invalid user credentials" } };
    }
    if (headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, "Unauthorized");
    if (!UUID.test(String(headers["x-request-id"]))) return refusal(400, "x-request-id must be a UUID");
    if (path === "/v1/dns/ptrs" && method === "POST") {
      const [ip, ptr, ttl] = [bodyMember(body, "ip"), bodyMember(body, "ptr"), bodyMember(body, "ttl")];
      if (typeof ip !== "string" || !ip.includes(":")) return refusal(400, "PTR can be created for IPv6 only");
      if (!zones.holds(ip)) return refusal(404, "IP address not found");
      if (!looksLikeHostname(ptr)) return refusal(400, "ptr must be a valid hostname");
      if (!Number.isInteger(ttl)) return refusal(400, "ttl must be an integer number");
      if (zones.ptr(ip) !== null) return refusal(409, "PTR record already exists");
      zones.setPtr(ip, ptr);
      return { status: 201, json: record(ip, ptr) };
    }
    const address = /^\/v1\/dns\/ptrs\/([^/]+)$/.exec(path)?.[1];
    const ptr = address === undefined ? null : zones.ptr(address);
    if (address === undefined || ptr === null) return refusal(404, "PTR record not found");
    if (method === "GET") return { status: 200, json: record(address, ptr) };
    if (method === "PUT") {
      const wanted = bodyMember(body, "ptr");
      if (!looksLikeHostname(wanted)) return refusal(400, "ptr must be a valid hostname");
      zones.setPtr(address, wanted);
      return { status: 204 };
    }
    if (method === "DELETE") {
      if (!address.includes(":")) return refusal(400, "PTR can be deleted for IPv6 only");
      zones.setPtr(address, null);
      return { status: 204 };
    }
    return refusal(405, "Method not allowed");
  },
};
