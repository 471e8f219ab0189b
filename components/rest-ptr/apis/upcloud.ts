/** UpCloud API 1.3, https://developers.upcloud.com/1.3/10-ip-addresses/ (modify IP address). */
import { type RestApi, type Session, textMember } from "../rest-api";

async function put(session: Session, address: string, ptr: string): Promise<void> {
  const answer = await session.call({
    method: "PUT",
    path: `/1.3/ip_address/${address}`,
    json: { ip_address: { ptr_record: ptr } },
  });
  if (answer.status >= 300) throw session.refused(answer);
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
    const answer = await session.call({ method: "GET", path: `/1.3/ip_address/${address}` });
    if (answer.status === 200) return textMember(answer.body, "ip_address", "ptr_record") ?? null;
    if (answer.status === 404) return "no-address";
    throw session.refused(answer);
  },
  write: (session, { address }, hostname) => put(session, address, hostname),
  // Nothing says that a PTR can be emptied; the default name can be written back.
  reset: async (session, { address }, previous) => {
    if (previous === null) return "stays";
    const answer = await session.call({ method: "GET", path: `/1.3/ip_address/${address}` });
    if (answer.status !== 404) await put(session, address, previous);
    return "done";
  },
  problem: ({ body }) => {
    const code = textMember(body, "error", "error_code");
    const message = textMember(body, "error", "error_message");
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
