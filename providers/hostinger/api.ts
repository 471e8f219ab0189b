/** Hostinger API, github.com/hostinger/api openapi.json 1.42.5 (VPS: PTR records). */
import {
  type Answer,
  listMember,
  member,
  type RestApi,
  type Session,
  sentences,
  type Target,
  textMember,
} from "../internal/rest/rest-api";
import { absent, either, id, list, object, sameAddress, text } from "../internal/rest/shape";

interface Place {
  readonly path: string;
  readonly machine: string;
  readonly ptr: string | null;
}

/** How often a change that was only "sent" is looked at again, and how long between: half a minute in all. */
const LOOKS = 20;
const PAUSE_MS = 1500;

/** `VPS.V1.IPAddress.IPAddressCollection`; null or absent where none is assigned. */
const addresses = either(absent, list(object({ id, address: text, ptr: either(absent, text) })));
const machine = object({ id, ipv4: addresses, ipv6: addresses });
/** `VPS.V1.Action.ActionResource`. */
const action = object({ id, state: text });

/** The API uses its own numbers of machine and address; the answer if it has no such machine; or undefined. */
async function placeOf(session: Session, { address, settings }: Target): Promise<Place | Answer | undefined> {
  const { virtualMachine } = settings;
  const path = `/api/vps/v1/virtual-machines${virtualMachine === undefined ? "" : `/${encodeURIComponent(virtualMachine)}`}`;
  const shape = virtualMachine === undefined ? list(machine) : machine;
  const answer = await session.call({ method: "GET", path, shape });
  if (answer.status === 404) return answer;
  if (answer.status !== 200) throw session.refused(answer);
  const machines = virtualMachine === undefined ? listMember(answer.body) : [answer.body];
  for (const one of machines) {
    for (const entry of [...listMember(one, "ipv4"), ...listMember(one, "ipv6")]) {
      if (!sameAddress(textMember(entry, "address"), address)) continue;
      const number = encodeURIComponent(String(member(one, "id")));
      return {
        machine: number,
        path: `/api/vps/v1/virtual-machines/${number}/ptr/${encodeURIComponent(String(member(entry, "id")))}`,
        ptr: textMember(entry, "ptr") ?? null,
      };
    }
  }
  return undefined;
}

function isPlace(found: Place | Answer | undefined): found is Place {
  return found !== undefined && "machine" in found;
}

function notFound(target: Target, answer: Answer | undefined): { kind: "no-address"; why: Answer | string } {
  return { kind: "no-address", why: answer ?? `no virtual machine of this account has the address ${target.address}` };
}

/** Changes are actions: success and error are their ends, everything else (`delayed`, `sent`, `created`) is on its way. */
async function finished(session: Session, machineNumber: string, first: Answer): Promise<void> {
  const number = encodeURIComponent(String(member(first.body, "id")));
  const path = `/api/vps/v1/virtual-machines/${machineNumber}/actions/${number}`;
  let state = textMember(first.body, "state");
  for (let look = 0; state !== "success"; look++) {
    if (state === "error")
      throw session.refused({ status: 200, body: { message: `the action ${number} ended in an error` } });
    if (look === LOOKS) throw session.unfinished(`the action ${number} is still ${state}`);
    await session.pause(PAUSE_MS);
    const answer = await session.call({ method: "GET", path, shape: action });
    if (answer.status !== 200) throw session.refused(answer);
    state = textMember(answer.body, "state");
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
    return isPlace(place) ? place.ptr : notFound(target, place);
  },
  write: async (session, target, hostname) => {
    const place = await placeOf(session, target);
    if (!isPlace(place)) throw session.noAddress(notFound(target, place));
    const answer = await session.call({ method: "POST", path: place.path, json: { domain: hostname }, shape: action });
    if (answer.status !== 200) throw session.refused(answer);
    await finished(session, place.machine, answer);
  },
  reset: async (session, target) => {
    const place = await placeOf(session, target);
    if (!isPlace(place) || place.ptr === null) return "done";
    const answer = await session.call({ method: "DELETE", path: place.path, shape: action });
    if (answer.status !== 200 && answer.status !== 404) throw session.refused(answer);
    if (answer.status === 200) await finished(session, place.machine, answer);
    return "done";
  },
  problem: ({ body }) => {
    const fields = Object.values(member(body, "errors") ?? {}).flatMap((said) => listMember(said));
    const message = sentences(...fields) ?? textMember(body, "message");
    return message === undefined ? {} : { message };
  },
  advice: {
    404: "check that the virtual machine (`virtualMachine`, if you set it) belongs to the account of the token and has the address",
  },
};
