/**
 * Leaseweb IP management API v2, github.com/leaseweb/leaseweb-go-sdk ipmgmt/api/openapi.yaml. IPv4 addresses carry the
 * PTR themselves; for IPv6 it is a list below the range that was assigned.
 */
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
import {
  either,
  list,
  nothing,
  number,
  object,
  type Shape,
  sameAddress,
  text,
  theAddress,
} from "../internal/rest/shape";

/** Entries asked for at a time; the list has fewer than the range has addresses, but no stated end. */
const PAGE = 50;
const MAX_PAGES = 2000;

const lookup = either(text, nothing);
const lookups = list(object({ ip: text, reverseLookup: lookup }));
/** `getReverseLookupRecordListResult`. */
const page = object({
  _metadata: object({ totalCount: number, offset: number, limit: number }),
  reverseLookups: lookups,
});
/** `ip`. */
function addressDetails(address: string): Shape {
  return object({ ip: theAddress(address), reverseLookup: lookup });
}

/** The path's spelling of a range: `2001:db8::_112`. */
function rangePath({ address, settings }: Target): string {
  return `/ips/${(settings.ipv6Range ?? address).replace("/", "_")}/reverseLookup`;
}

async function putInRange(session: Session, target: Target, reverseLookup: string | null): Promise<Answer> {
  return session.call({
    method: "PUT",
    path: rangePath(target),
    json: { reverseLookups: [{ ip: target.address, reverseLookup }] },
    shape: object({ reverseLookups: lookups }),
  });
}

async function putIpv4(session: Session, address: string, reverseLookup: string): Promise<Answer> {
  const shape = addressDetails(address);
  return session.call({ method: "PUT", path: `/ips/${address}`, json: { reverseLookup }, shape });
}

/** Goes through the list of the range page by page: not every version of the document has a filter for one address. */
async function readFromRange(session: Session, target: Target): ReturnType<RestApi["read"]> {
  let offset = 0;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const path = `${rangePath(target)}?limit=${PAGE}&offset=${offset}`;
    const answer = await session.call({ method: "GET", path, shape: page });
    if (answer.status === 404) return { kind: "no-address", why: answer };
    if (answer.status !== 200) throw session.refused(answer);
    const entries = listMember(answer.body, "reverseLookups");
    const entry = entries.find((one) => sameAddress(textMember(one, "ip"), target.address));
    if (entry !== undefined) return textMember(entry, "reverseLookup") ?? null;
    // The API may hand out fewer at a time than it is asked for.
    offset += entries.length;
    if (entries.length === 0 || offset >= Number(member(answer.body, "_metadata", "totalCount"))) return null;
  }
  throw session.unfinished(`the list of PTRs of ${rangePath(target)} has no end`);
}

export const leaseweb: RestApi = {
  title: "Leaseweb",
  endpoint: "https://api.leaseweb.com/ipMgmt/v2",
  credentials: [[{ name: "token", config: "leaseweb:token", environment: "LEASEWEB_TOKEN" }]],
  settings: ["ipv6Range"],
  authorize: async ({ token = "" }) => ({ headers: { "x-lsw-auth": token } }),
  read: async (session, target) => {
    if (target.family === 6) return readFromRange(session, target);
    const { address } = target;
    const answer = await session.call({ method: "GET", path: `/ips/${address}`, shape: addressDetails(address) });
    if (answer.status === 404) return { kind: "no-address", why: answer };
    if (answer.status !== 200) throw session.refused(answer);
    return textMember(answer.body, "reverseLookup") ?? null;
  },
  write: async (session, target, hostname) => {
    const answer =
      target.family === 4
        ? await putIpv4(session, target.address, hostname)
        : await putInRange(session, target, hostname);
    if (answer.status >= 300) throw session.refused(answer);
  },
  reset: async (session, target, previous) => {
    if (target.family === 4 && previous === null) return "stays";
    const answer =
      target.family === 4
        ? await putIpv4(session, target.address, previous ?? "")
        : await putInRange(session, target, null);
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const code = textMember(body, "errorCode");
    const details = Object.entries(member(body, "errorDetails") ?? {}).map(
      ([name, said]) => `${name}: ${String(said)}`,
    );
    const message = sentences(textMember(body, "errorMessage"), ...details);
    return {
      ...(code !== undefined && !/^\d+$/.test(code) && { code }),
      ...(message !== undefined && { message }),
    };
  },
  advice: {},
};
