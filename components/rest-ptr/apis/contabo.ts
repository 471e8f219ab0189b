/** Contabo API, github.com/contabo/cntb openapi (DNS: PTR records); POST and DELETE exist for IPv6 only. */
import { randomUUID } from "node:crypto";
import { listMember, member, type RestApi, type Session, textMember } from "../rest-api";
import { RestPtrError } from "../rest-ptr-error";

async function put(session: Session, address: string, ptr: string): Promise<number> {
  const answer = await session.call({ method: "PUT", path: `/v1/dns/ptrs/${address}`, json: { ptr } });
  if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
  return answer.status;
}

export const contabo: RestApi = {
  title: "Contabo",
  endpoint: "https://api.contabo.com",
  tokenEndpoint: "https://auth.contabo.com/auth/realms/contabo/protocol/openid-connect/token",
  credentials: [
    [
      { name: "clientId", config: "contabo:clientId", environment: "CNTB_OAUTH2_CLIENT_ID", open: true },
      { name: "clientSecret", config: "contabo:clientSecret", environment: "CNTB_OAUTH2_CLIENT_SECRET" },
      { name: "user", config: "contabo:user", environment: "CNTB_OAUTH2_USER", open: true },
      { name: "password", config: "contabo:password", environment: "CNTB_OAUTH2_PASS" },
    ],
  ],
  settings: [],
  authorize: async ({ clientId = "", clientSecret = "", user = "", password = "" }, exchange, tokenEndpoint) => {
    const answer = await exchange(tokenEndpoint, {
      grant_type: "password",
      client_id: clientId,
      client_secret: clientSecret,
      username: user,
      password,
    });
    const token = textMember(answer.body, "access_token");
    if (answer.status !== 200 || token === undefined) {
      throw new RestPtrError(
        `Contabo gave no token: ${textMember(answer.body, "error") ?? "no reason"} (HTTP ${answer.status}).\n` +
          "Next step: set contabo:clientId, contabo:clientSecret, contabo:user and contabo:password as the customer panel " +
          "shows them under API; the API password is not the panel's.",
      );
    }
    const lasts = member(answer.body, "expires_in");
    return {
      headers: { authorization: `Bearer ${token}` },
      ...(typeof lasts === "number" && { lastsSeconds: lasts }),
    };
  },
  eachRequest: () => ({ "x-request-id": randomUUID() }),
  read: async (session, { address, family }) => {
    const answer = await session.call({ method: "GET", path: `/v1/dns/ptrs/${address}` });
    if (answer.status === 200) return textMember(listMember(answer.body, "data")[0], "ptr") ?? null;
    // An IPv4 address of the account always has a PTR; an IPv6 address has none until one is made.
    if (answer.status === 404) return family === 4 ? "no-address" : null;
    throw session.refused(answer);
  },
  write: async (session, { address, family }, hostname) => {
    if ((await put(session, address, hostname)) !== 404) return;
    const missing = { status: 404, body: undefined };
    if (family === 4) throw session.refused(missing);
    const answer = await session.call({ method: "POST", path: "/v1/dns/ptrs", json: { ip: address, ptr: hostname } });
    // Somebody, or a request of ours whose answer was lost, made it meanwhile.
    if (answer.status === 409 && (await put(session, address, hostname)) !== 404) return;
    if (answer.status >= 300) throw session.refused(answer);
  },
  reset: async (session, { address, family }, previous) => {
    if (family === 4) {
      if (previous === null) return "stays";
      await put(session, address, previous);
      return "done";
    }
    const answer = await session.call({ method: "DELETE", path: `/v1/dns/ptrs/${address}` });
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const messages = listMember(body, "message").filter((text): text is string => typeof text === "string");
    const message = textMember(body, "message") ?? messages[0];
    return message === undefined ? {} : { message };
  },
  advice: {},
};
