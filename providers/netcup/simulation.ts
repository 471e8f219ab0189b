import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type ReverseZones,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const REFRESH_TOKEN = "netcup-refresh-token";
const TOKEN = "netcup-access-token";
const TOKEN_PATH = "/realms/scp/protocol/openid-connect/token";

function refusal(status: number, code: string, message: string): ApiResponse {
  return { status, json: { code, message } };
}

/** `ValidationError`. */
function invalid(field: string, message: string): ApiResponse {
  const json = { code: "error.validation", message: "Validation failed", errors: [{ field, message }] };
  return { status: 422, json };
}

/** What the API still shows, once, after a change that it took: changes are done later. */
const stale = new WeakMap<ReverseZones, Map<string, string | null>>();

function change(zones: ReverseZones, address: string, hostname: string | null): void {
  const shown = stale.get(zones) ?? new Map<string, string | null>();
  stale.set(zones, shown.set(address, zones.ptr(address)));
  zones.setPtr(address, hostname);
}

function shownPtr(zones: ReverseZones, address: string): string | null {
  const shown = stale.get(zones);
  const old = shown?.get(address);
  if (old === undefined) return zones.ptr(address);
  shown?.delete(address);
  return old;
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
    if (headers.authorization === undefined) return { status: 401, json: { message: "Authorization header missing." } };
    if (headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, "error.unauthorized", "Unauthorized");
    const [, family, inPath] = /^\/api\/v1\/rdns\/ipv([46])(?:\/([^/]+))?$/.exec(path) ?? [];
    const address = inPath ?? bodyMember(body, "ip");
    if (family === undefined || typeof address !== "string")
      return refusal(404, "error.notfound", "Resource not found");
    if (address.includes(":") !== (family === "6"))
      return invalid("ip", `must match the form of an IPv${family} address`);
    if (!zones.holds(address)) return refusal(404, "error.notfound", "Resource not found");
    if (method === "GET") return { status: 200, json: { rdns: shownPtr(zones, address) } };
    if (method === "DELETE") {
      change(zones, address, zones.defaultName(address));
      return { status: 204 };
    }
    const rdns = bodyMember(body, "rdns");
    if (!looksLikeHostname(rdns)) return invalid("rdns", "must be a fully qualified domain name");
    change(zones, address, rdns);
    return { status: 200 };
  },
};
