/** Hetzner Robot webservice, https://robot.hetzner.com/doc/webservice/en.html (Reverse DNS). */
import { type Answer, listMember, member, type RestApi, sentences, textMember } from "../internal/rest/rest-api";
import { object, type Shape, text, theAddress } from "../internal/rest/shape";

function code(answer: Answer): string | undefined {
  return textMember(answer.body, "error", "code");
}

function record(address: string): Shape {
  return object({ rdns: object({ ip: theAddress(address), ptr: text }) });
}

export const hetznerRobot: RestApi = {
  title: "Hetzner Robot",
  endpoint: "https://robot-ws.your-server.de",
  credentials: [
    [
      { name: "user", config: "hetzner-robot:user", environment: "HETZNER_ROBOT_USER", open: true },
      { name: "password", config: "hetzner-robot:password", environment: "HETZNER_ROBOT_PASSWORD" },
    ],
  ],
  settings: [],
  authorize: async ({ user, password }) => ({
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` },
  }),
  read: async (session, { address }) => {
    const answer = await session.call({ method: "GET", path: `/rdns/${address}`, shape: record(address) });
    if (answer.status === 200) return textMember(answer.body, "rdns", "ptr") ?? null;
    if (code(answer) === "RDNS_NOT_FOUND") return null;
    if (code(answer) === "IP_NOT_FOUND") return { kind: "no-address", why: answer };
    throw session.refused(answer);
  },
  // POST creates or updates; PUT would only create.
  write: async (session, { address }, hostname) => {
    const answer = await session.call({
      method: "POST",
      path: `/rdns/${address}`,
      form: { ptr: hostname },
      shape: record(address),
    });
    if (answer.status !== 200 && answer.status !== 201) throw session.refused(answer);
  },
  reset: async (session, { address }) => {
    const answer = await session.call({ method: "DELETE", path: `/rdns/${address}` });
    const gone = code(answer) === "RDNS_NOT_FOUND" || code(answer) === "IP_NOT_FOUND";
    if (answer.status !== 200 && answer.status !== 204 && !gone) throw session.refused(answer);
    return "done";
  },
  problem: (answer) => {
    const known = code(answer);
    const invalid = listMember(answer.body, "error", "invalid");
    const missing = listMember(answer.body, "error", "missing");
    const message = sentences(
      textMember(answer.body, "error", "message"),
      invalid.length > 0 && `invalid: ${invalid.join(", ")}`,
      missing.length > 0 && `missing: ${missing.join(", ")}`,
    );
    return { ...(known !== undefined && { code: known }), ...(message !== undefined && { message }) };
  },
  advice: {
    IP_NOT_FOUND: "check that the address belongs to a server or subnet of this Robot account",
    RDNS_NOT_FOUND: "check that the address belongs to a server or subnet of this Robot account",
    UNAUTHORIZED:
      "set the webservice user and password of Robot (Settings, Webservice and app settings; not the Robot login) " +
      "as hetzner-robot:user and hetzner-robot:password; three wrong tries block your address for ten minutes",
    INVALID_INPUT: "give a host name that the PTR may carry",
    RDNS_CREATE_FAILED: "try again, or ask Hetzner's support",
    RDNS_UPDATE_FAILED: "try again, or ask Hetzner's support",
    RDNS_DELETE_FAILED: "try again, or ask Hetzner's support",
  },
  // The rate limit comes as 403, with the interval in seconds.
  busySeconds: (answer) => {
    if (code(answer) !== "RATE_LIMIT_EXCEEDED") return undefined;
    const interval = member(answer.body, "error", "interval");
    return typeof interval === "number" ? interval : 60;
  },
};
