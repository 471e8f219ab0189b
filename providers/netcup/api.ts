/**
 * netcup server control panel, REST API "SCP core", OpenAPI 2026.0821 (rDNS) and the answers recorded in
 * github.com/digilolnet/go-netcup-scp pkg/scp/testdata/live. Changes are done after the answer.
 */
import { listMember, type RestApi, sentences, type Target, textMember } from "../internal/rest/rest-api";
import { either, nothing, object, text } from "../internal/rest/shape";

/** `Rdns`; null: the default name. */
const rdns = object({ rdns: either(text, nothing) });

const ALLOWED_ADDRESSES =
  "the same answer comes to an address that is not on the list of the SCP's REST API settings: look there whether this " +
  "machine's address may call";

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
  authorize: async ({ accessToken, refreshToken = "" }, exchange) =>
    accessToken !== undefined
      ? { headers: { authorization: `Bearer ${accessToken}` } }
      : exchange({ grant_type: "refresh_token", client_id: "scp", refresh_token: refreshToken }),
  tokenAdvice:
    "sign in to the server control panel's API again and set the new refresh token as netcup:refreshToken; " +
    ALLOWED_ADDRESSES,
  read: async (session, target) => {
    const path = `${collection(target)}/${target.address}`;
    const answer = await session.call({ method: "GET", path, shape: rdns });
    if (answer.status === 200) return textMember(answer.body, "rdns") ?? null;
    if (answer.status === 404) return { kind: "no-address", why: answer };
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
    const fields = listMember(body, "errors").map((one) =>
      sentences(textMember(one, "field"), textMember(one, "message"))?.replace("; ", ": "),
    );
    const message = sentences(textMember(body, "message"), ...fields);
    return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  },
  advice: {
    401: `set a working netcup:refreshToken (or netcup:accessToken) with \`pulumi config set --secret\`; ${ALLOWED_ADDRESSES}`,
    403: `use the token of the account that holds the address; ${ALLOWED_ADDRESSES}`,
  },
};
