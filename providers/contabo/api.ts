/**
 * Contabo API, github.com/contabo/cntb `create ptr-record` and its generated client (DNS: PTR records); POST and DELETE
 * exist for IPv6 only.
 */
import { randomUUID } from "node:crypto";
import { type Answer, listMember, type RestApi, type Session, sentences, textMember } from "../internal/rest/rest-api";
import { list, object, type Shape, sameAddress, text, theAddress } from "../internal/rest/shape";

/** Seconds. The API requires it of a new record; `cntb create ptr-record` sends the same without `--ttl`. */
const TTL_SECONDS = 86_400;

/** `ApiPtrRecordResponse`: a list of the one record. */
function records(address: string): Shape {
  const data = list(object({ ip: theAddress(address), ptr: text }));
  return (body) => object({ data })(body) && listMember(body, "data").length > 0;
}

async function put(session: Session, address: string, ptr: string): Promise<Answer> {
  const answer = await session.call({ method: "PUT", path: `/v1/dns/ptrs/${address}`, json: { ptr } });
  if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
  return answer;
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
  authorize: ({ clientId = "", clientSecret = "", user = "", password = "" }, exchange) =>
    exchange({ grant_type: "password", client_id: clientId, client_secret: clientSecret, username: user, password }),
  tokenAdvice:
    "set contabo:clientId, contabo:clientSecret, contabo:user and contabo:password as the customer panel shows them under " +
    "API; the API password is not the panel's",
  eachRequest: () => ({ "x-request-id": randomUUID() }),
  read: async (session, { address, family }) => {
    const answer = await session.call({ method: "GET", path: `/v1/dns/ptrs/${address}`, shape: records(address) });
    if (answer.status === 200) {
      const record = listMember(answer.body, "data").find((one) => sameAddress(textMember(one, "ip"), address));
      return textMember(record, "ptr") ?? null;
    }
    // An IPv4 address of the account always has a PTR; an IPv6 address has none until one is made.
    if (answer.status === 404) return family === 4 ? { kind: "no-address", why: answer } : null;
    throw session.refused(answer);
  },
  write: async (session, { address, family }, hostname) => {
    const changed = await put(session, address, hostname);
    if (changed.status !== 404) return;
    if (family === 4) throw session.refused(changed);
    const answer = await session.call({
      method: "POST",
      path: "/v1/dns/ptrs",
      json: { ip: address, ptr: hostname, ttl: TTL_SECONDS },
      shape: records(address),
    });
    // Somebody, or a request of ours whose answer was lost, made it meanwhile.
    if (answer.status === 409 && (await put(session, address, hostname)).status !== 404) return;
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
    const message = sentences(textMember(body, "message"), ...listMember(body, "message"));
    return message === undefined ? {} : { message };
  },
  advice: {},
};
