/**
 * UpCloud API 1.3, https://developers.upcloud.com/1.3/10-ip-addresses/ (modify IP address), as its own client sends it:
 * github.com/UpCloudLtd/upcloud-go-api upcloud/service/service.go (PATCH) and its recorded fixtures (answer 202).
 */
import { listMember, type RestApi, type Session, sentences, textMember } from "../internal/rest/rest-api";
import { object, type Shape, text, theAddress } from "../internal/rest/shape";

function details(address: string): Shape {
  return object({ ip_address: object({ address: theAddress(address), ptr_record: text }) });
}

async function modify(session: Session, address: string, ptr: string): Promise<void> {
  const answer = await session.call({
    method: "PATCH",
    path: `/1.3/ip_address/${address}`,
    json: { ip_address: { ptr_record: ptr } },
    shape: details(address),
  });
  if (answer.status >= 300) throw session.refused(answer);
}

/** The legacy form has a code; RFC 7807 problems carry it as the fragment of `type`: `...#ERROR_PTR_RECORD_INVALID`. */
function errorCode(body: unknown): string | undefined {
  const type = textMember(body, "type") ?? "";
  return textMember(body, "error", "error_code") ?? /#(?:ERROR_)?([A-Z_]+)$/.exec(type)?.[1];
}

export const upcloud: RestApi = {
  title: "UpCloud",
  endpoint: "https://api.upcloud.com",
  credentials: [
    [{ name: "token", config: "upcloud:token", environment: "UPCLOUD_TOKEN" }],
    [
      { name: "username", config: "upcloud:username", environment: "UPCLOUD_USERNAME", open: true },
      { name: "password", config: "upcloud:password", environment: "UPCLOUD_PASSWORD" },
    ],
  ],
  settings: [],
  authorize: async ({ token, username, password }) => ({
    headers: {
      authorization:
        token === undefined ? `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` : `Bearer ${token}`,
    },
  }),
  read: async (session, { address }) => {
    const answer = await session.call({ method: "GET", path: `/1.3/ip_address/${address}`, shape: details(address) });
    if (answer.status === 200) return textMember(answer.body, "ip_address", "ptr_record") ?? null;
    if (answer.status === 404) return { kind: "no-address", why: answer };
    throw session.refused(answer);
  },
  write: (session, { address }, hostname) => modify(session, address, hostname),
  // Nothing says that a PTR can be emptied; the default name can be written back.
  reset: async (session, { address }, previous) => {
    if (previous === null) return "stays";
    const answer = await session.call({ method: "GET", path: `/1.3/ip_address/${address}`, shape: details(address) });
    if (answer.status !== 404) await modify(session, address, previous);
    return "done";
  },
  problem: ({ body }) => {
    const code = errorCode(body);
    const parameters = listMember(body, "invalid_params").map((one) =>
      sentences(textMember(one, "name"), textMember(one, "reason"))?.replace("; ", ": "),
    );
    const message = sentences(textMember(body, "error", "error_message"), textMember(body, "title"), ...parameters);
    return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  },
  advice: {
    AUTHENTICATION_FAILED:
      "set upcloud:token, or upcloud:username and upcloud:password, of an account that is allowed API connections",
    IP_ADDRESS_NOT_FOUND: "check that the address belongs to this account",
    IP_ADDRESS_FORBIDDEN:
      "use the credentials of the account that holds the address, or give the sub-account the right",
    PTR_RECORD_INVALID: "give a fully qualified host name",
    PTR_RECORD_NOT_SUPPORTED: "use a public address; private and utility addresses have no PTR",
  },
};
