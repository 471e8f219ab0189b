/** netcup server control panel, REST API "SCP core", OpenAPI 2026.0624 (rDNS). */

import { member, type RestApi, type Target, textMember } from "../rest-api";
import { RestPtrError } from "../rest-ptr-error";

function collection({ family }: Target): string {
  return `/api/v1/rdns/ipv${family}`;
}

export const netcup: RestApi = {
  title: "netcup",
  endpoint: "https://www.servercontrolpanel.de/scp-core",
  tokenEndpoint: "https://www.servercontrolpanel.de/realms/scp/protocol/openid-connect/token",
  credentials: [
    [{ name: "refreshToken", config: "netcup:refreshToken", environment: "NETCUP_SCP_REFRESH_TOKEN" }],
    [{ name: "accessToken", config: "netcup:accessToken", environment: "NETCUP_SCP_ACCESS_TOKEN" }],
  ],
  settings: [],
  authorize: async ({ accessToken, refreshToken }, exchange, tokenEndpoint) => {
    if (refreshToken === undefined) return { headers: { authorization: `Bearer ${accessToken}` } };
    const answer = await exchange(tokenEndpoint, {
      grant_type: "refresh_token",
      client_id: "scp",
      refresh_token: refreshToken,
    });
    const token = textMember(answer.body, "access_token");
    if (answer.status !== 200 || token === undefined) {
      throw new RestPtrError(
        `netcup gave no token: ${textMember(answer.body, "error_description") ?? "no reason"} (HTTP ${answer.status}).\n` +
          "Next step: sign in to the server control panel's API again and set the new refresh token as netcup:refreshToken.",
      );
    }
    const lasts = member(answer.body, "expires_in");
    return {
      headers: { authorization: `Bearer ${token}` },
      ...(typeof lasts === "number" && { lastsSeconds: lasts }),
    };
  },
  read: async (session, target) => {
    const answer = await session.call({ method: "GET", path: `${collection(target)}/${target.address}` });
    if (answer.status === 200) return textMember(answer.body, "rdns") ?? null;
    if (answer.status === 404) return "no-address";
    throw session.refused(answer);
  },
  write: async (session, target, hostname) => {
    const answer = await session.call({
      method: "POST",
      path: collection(target),
      json: { ip: target.address, rdns: hostname },
    });
    if (answer.status >= 300) throw session.refused(answer);
  },
  reset: async (session, target) => {
    const answer = await session.call({ method: "DELETE", path: `${collection(target)}/${target.address}` });
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const code = textMember(body, "code");
    const message = textMember(body, "message");
    return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  },
  advice: {},
};
