/** IONOS Cloud DNS API, github.com/ionos-cloud/sdk-go-dns (reverse records). */
import { listMember, type RestApi, type Session, sentences, textMember } from "../internal/rest/rest-api";
import { list, object, sameAddress, text, theAddress } from "../internal/rest/shape";

interface ReverseRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/** `ReverseRecordRead` and the list of them. */
const record = object({ id: text, properties: object({ name: text, ip: text }) });
const records = object({ items: list(record) });

async function find(session: Session, address: string): Promise<ReverseRecord | undefined> {
  const path = `/reverserecords?filter.recordIp=${encodeURIComponent(address)}`;
  const answer = await session.call({ method: "GET", path, shape: records });
  if (answer.status !== 200) throw session.refused(answer);
  const item = listMember(answer.body, "items").find((one) =>
    sameAddress(textMember(one, "properties", "ip"), address),
  );
  const id = textMember(item, "id");
  if (id === undefined) return undefined;
  const description = textMember(item, "properties", "description");
  const name = textMember(item, "properties", "name")?.replace(/\.$/, "") ?? "";
  return { id, name, ...(description !== undefined && { description }) };
}

export const ionos: RestApi = {
  title: "IONOS Cloud",
  endpoint: "https://dns.de-fra.ionos.com",
  credentials: [[{ name: "token", config: "ionoscloud:token", environment: "IONOS_TOKEN" }]],
  settings: [],
  authorize: async ({ token }) => ({ headers: { authorization: `Bearer ${token}` } }),
  read: async (session, { address }) => {
    const found = (await find(session, address))?.name ?? "";
    return found === "" ? null : found;
  },
  write: async (session, { address }, hostname) => {
    const existing = await find(session, address);
    // PUT replaces the record: what it does not carry is lost.
    const { description } = existing ?? {};
    const json = { properties: { name: hostname, ip: address, ...(description !== undefined && { description }) } };
    const shape = object({ id: text, properties: object({ name: text, ip: theAddress(address) }) });
    const answer =
      existing === undefined
        ? await session.call({ method: "POST", path: "/reverserecords", json, shape })
        : await session.call({
            method: "PUT",
            path: `/reverserecords/${encodeURIComponent(existing.id)}`,
            json,
            shape,
          });
    if (answer.status < 300) return;
    // A POST whose answer was lost has made the record, and the next one is refused.
    const made = existing === undefined ? await find(session, address) : undefined;
    if (made?.name !== hostname) throw session.refused(answer);
  },
  reset: async (session, { address }) => {
    const existing = await find(session, address);
    if (existing === undefined) return "done";
    const answer = await session.call({ method: "DELETE", path: `/reverserecords/${encodeURIComponent(existing.id)}` });
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const messages = listMember(body, "messages");
    const code = textMember(messages[0], "errorCode");
    const message = sentences(...messages.map((one) => textMember(one, "message")));
    return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  },
  advice: {},
};
