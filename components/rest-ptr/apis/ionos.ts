/** IONOS Cloud DNS API, github.com/ionos-cloud/sdk-go-bundle products/dns (reverse records). */
import { parseAddress } from "../../../fcrdns/address";
import { listMember, type RestApi, type Session, textMember } from "../rest-api";

interface ReverseRecord {
  readonly id: string;
  readonly name: string;
}

async function find(session: Session, address: string): Promise<ReverseRecord | undefined> {
  const path = `/reverserecords?filter.recordIp=${encodeURIComponent(address)}`;
  const answer = await session.call({ method: "GET", path });
  if (answer.status !== 200) throw session.refused(answer);
  for (const item of listMember(answer.body, "items")) {
    const ip = parseAddress(textMember(item, "properties", "ip") ?? "");
    const id = textMember(item, "id");
    if (ip.ok && ip.address.text === address && id !== undefined) {
      return { id, name: textMember(item, "properties", "name") ?? "" };
    }
  }
  return undefined;
}

export const ionos: RestApi = {
  title: "IONOS Cloud",
  endpoint: "https://dns.de-fra.ionos.com",
  credentials: [[{ name: "token", config: "ionoscloud:token", environment: "IONOS_TOKEN" }]],
  settings: [],
  authorize: async ({ token }) => ({ headers: { authorization: `Bearer ${token}` } }),
  read: async (session, { address }) => (await find(session, address))?.name.replace(/\.$/, "") ?? null,
  write: async (session, { address }, hostname) => {
    const existing = await find(session, address);
    const json = { properties: { name: hostname, ip: address } };
    const answer =
      existing === undefined
        ? await session.call({ method: "POST", path: "/reverserecords", json })
        : await session.call({ method: "PUT", path: `/reverserecords/${existing.id}`, json });
    if (answer.status < 300) return;
    // A POST whose answer was lost has made the record, and the next one is refused.
    const made = existing === undefined ? await find(session, address) : undefined;
    if (made?.name.replace(/\.$/, "") !== hostname) throw session.refused(answer);
  },
  reset: async (session, { address }) => {
    const existing = await find(session, address);
    if (existing === undefined) return "done";
    const answer = await session.call({ method: "DELETE", path: `/reverserecords/${existing.id}` });
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const first = listMember(body, "messages")[0];
    const code = textMember(first, "errorCode");
    const message = textMember(first, "message");
    return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  },
  advice: {},
};
