import { type ApiResponse, bodyMember, looksLikeHostname, type SimulatedApi } from "./simulated-api";

const REFRESH_TOKEN = "netcup-refresh-token";
const TOKEN = "netcup-access-token";
const TOKEN_PATH = "/realms/scp/protocol/openid-connect/token";

function refusal(status: number, code: string, message: string): ApiResponse {
  return { status, json: { code, message } };
}

export const netcup: SimulatedApi = {
  name: "netcup",
  config: { "netcup:refreshToken": REFRESH_TOKEN },
  tokenPath: TOKEN_PATH,
  basePath: "/scp-core",
  handle: ({ method, path, headers, body }, zones) => {
    if (path === TOKEN_PATH) {
      const known =
        bodyMember(body, "grant_type") === "refresh_token" &&
        bodyMember(body, "client_id") === "scp" &&
        bodyMember(body, "refresh_token") === REFRESH_TOKEN;
      return known
        ? { status: 200, json: { access_token: TOKEN, refresh_token: REFRESH_TOKEN, expires_in: 300 } }
        : { status: 400, json: { error: "invalid_grant", error_description: "Token is not active" } };
    }
    if (headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, "unauthorized", "Unauthorized");
    const [, family, inPath] = /^\/api\/v1\/rdns\/ipv([46])(?:\/([^/]+))?$/.exec(path) ?? [];
    const address = inPath ?? bodyMember(body, "ip");
    if (family === undefined || typeof address !== "string") return refusal(404, "not-found", "Not found");
    if (address.includes(":") !== (family === "6")) return refusal(422, "validation", `not an IPv${family} address`);
    if (!zones.holds(address)) return refusal(404, "not-found", "IP address not found");
    if (method === "GET") return { status: 200, json: { ip: address, rdns: zones.ptr(address) } };
    if (method === "DELETE") {
      zones.setPtr(address, zones.defaultName(address));
      return { status: 204 };
    }
    const rdns = bodyMember(body, "rdns");
    if (!looksLikeHostname(rdns)) return refusal(422, "validation", "rdns is not a valid hostname");
    zones.setPtr(address, rdns);
    return { status: 201 };
  },
};
