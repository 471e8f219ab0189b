/** Hostinger API, github.com/hostinger/api openapi.json (VPS: PTR records). */
import { parseAddress } from "../../../fcrdns/address";
import { type Answer, listMember, member, type RestApi, type Session, type Target, textMember } from "../rest-api";

interface Place {
  readonly path: string;
  readonly machine: string;
  readonly ptr: string | null;
}

/** How often a change that was only "sent" is looked at again, and how long between. */
const LOOKS = 20;
const PAUSE_MS = 1500;

/** The API wants its own numbers of machine and address. */
async function placeOf(session: Session, { address, settings }: Target): Promise<Place | undefined> {
  const { virtualMachine } = settings;
  const path = `/api/vps/v1/virtual-machines${virtualMachine === undefined ? "" : `/${encodeURIComponent(virtualMachine)}`}`;
  const answer = await session.call({ method: "GET", path });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw session.refused(answer);
  const machines = virtualMachine === undefined ? listMember(answer.body) : [answer.body];
  for (const machine of machines) {
    for (const entry of [...listMember(machine, "ipv4"), ...listMember(machine, "ipv6")]) {
      const text = textMember(entry, "address")?.split("/")[0] ?? "";
      const parsed = parseAddress(text);
      if (parsed.ok && parsed.address.text === address) {
        const id = String(member(machine, "id"));
        return {
          machine: id,
          path: `/api/vps/v1/virtual-machines/${id}/ptr/${member(entry, "id")}`,
          ptr: textMember(entry, "ptr") ?? null,
        };
      }
    }
  }
  return undefined;
}

/** Changes are actions: success and error are their ends, everything else is on its way. */
async function finished(session: Session, machine: string, first: Answer): Promise<void> {
  let answer = first;
  for (let look = 0; look < LOOKS; look++) {
    const state = textMember(answer.body, "state");
    if (state === "error") throw session.refused(answer);
    if (state === undefined || state === "success") return;
    await session.pause(PAUSE_MS);
    const id = member(answer.body, "id");
    answer = await session.call({ method: "GET", path: `/api/vps/v1/virtual-machines/${machine}/actions/${id}` });
    if (answer.status !== 200) throw session.refused(answer);
  }
}

export const hostinger: RestApi = {
  title: "Hostinger",
  endpoint: "https://developers.hostinger.com",
  credentials: [[{ name: "token", config: "hostinger:token", environment: "HOSTINGER_API_TOKEN" }]],
  settings: ["virtualMachine"],
  authorize: async ({ token }) => ({ headers: { authorization: `Bearer ${token}` } }),
  read: async (session, target) => {
    const place = await placeOf(session, target);
    return place === undefined ? "no-address" : place.ptr;
  },
  write: async (session, target, hostname) => {
    const place = await placeOf(session, target);
    if (place === undefined) throw session.refused({ status: 404, body: undefined });
    const answer = await session.call({ method: "POST", path: place.path, json: { domain: hostname } });
    if (answer.status !== 200) throw session.refused(answer);
    await finished(session, place.machine, answer);
  },
  reset: async (session, target) => {
    const place = await placeOf(session, target);
    if (place === undefined || place.ptr === null) return "done";
    const answer = await session.call({ method: "DELETE", path: place.path });
    if (answer.status !== 200 && answer.status !== 404) throw session.refused(answer);
    if (answer.status === 200) await finished(session, place.machine, answer);
    return "done";
  },
  problem: ({ status, body }) => {
    const first = listMember(Object.values(member(body, "errors") ?? {})[0])[0];
    const message =
      (typeof first === "string" ? first : undefined) ??
      textMember(body, "message") ??
      (status === 200 ? "the action ended in an error" : undefined) ??
      (status === 404 ? "no virtual machine of this account has the address" : undefined);
    return message === undefined ? {} : { message };
  },
  advice: {},
};
