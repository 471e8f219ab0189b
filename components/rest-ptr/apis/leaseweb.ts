/**
 * Leaseweb IP management API v2, github.com/leaseweb/leaseweb-go-sdk ipmgmt/api/openapi.yaml. IPv4 addresses carry the
 * PTR themselves; for IPv6 it is a list below the range that was assigned.
 */
import { parseAddress } from "../../../fcrdns/address";
import { type Answer, listMember, type RestApi, type Session, type Target, textMember } from "../rest-api";

/** The path's spelling of a range: `2001:db8::_112`. */
function rangePath({ address, settings }: Target): string {
  return `/ips/${(settings.ipv6Range ?? address).replace("/", "_")}/reverseLookup`;
}

async function putInRange(session: Session, target: Target, reverseLookup: string | null): Promise<Answer> {
  return session.call({
    method: "PUT",
    path: rangePath(target),
    json: { reverseLookups: [{ ip: target.address, reverseLookup }] },
  });
}

function sameIp(text: string | undefined, address: string): boolean {
  const parsed = parseAddress(text ?? "");
  return parsed.ok && parsed.address.text === address;
}

export const leaseweb: RestApi = {
  title: "Leaseweb",
  endpoint: "https://api.leaseweb.com/ipMgmt/v2",
  credentials: [[{ name: "token", config: "leaseweb:token", environment: "LEASEWEB_TOKEN" }]],
  settings: ["ipv6Range"],
  authorize: async ({ token = "" }) => ({ headers: { "x-lsw-auth": token } }),
  read: async (session, target) => {
    const path = target.family === 4 ? `/ips/${target.address}` : `${rangePath(target)}?ip=${target.address}`;
    const answer = await session.call({ method: "GET", path });
    if (answer.status === 404) return "no-address";
    if (answer.status !== 200) throw session.refused(answer);
    if (target.family === 4) return textMember(answer.body, "reverseLookup") ?? null;
    const entry = listMember(answer.body, "reverseLookups").find((one) =>
      sameIp(textMember(one, "ip"), target.address),
    );
    return textMember(entry, "reverseLookup") ?? null;
  },
  write: async (session, target, hostname) => {
    const answer =
      target.family === 4
        ? await session.call({ method: "PUT", path: `/ips/${target.address}`, json: { reverseLookup: hostname } })
        : await putInRange(session, target, hostname);
    if (answer.status >= 300) throw session.refused(answer);
  },
  reset: async (session, target, previous) => {
    if (target.family === 4 && previous === null) return "stays";
    const answer =
      target.family === 4
        ? await session.call({ method: "PUT", path: `/ips/${target.address}`, json: { reverseLookup: previous } })
        : await putInRange(session, target, null);
    if (answer.status >= 300 && answer.status !== 404) throw session.refused(answer);
    return "done";
  },
  problem: ({ body }) => {
    const code = textMember(body, "errorCode");
    const message = textMember(body, "errorMessage");
    return {
      ...(code !== undefined && !/^\d+$/.test(code) && { code }),
      ...(message !== undefined && { message }),
    };
  },
  advice: {},
};
