/** What vendors answer when they fail, as their plugins put it, for every write or some. */
import type { FaultyLife } from "./faulty-lives";
import type { KindName } from "./kinds";

const TOO_MANY = "429 Too Many Requests: rate limit exceeded (injected)";
const BROKEN = "500 Internal Server Error (injected)";
const CUT = "read: connection reset by peer (injected)";

/** 429 or 500 before anything is done, and a connection that is cut after it was done, at each of these writes. */
export function failing(kind: KindName, ...writes: readonly number[]): FaultyLife[] {
  return writes.flatMap((nth) => [
    {
      kind,
      point: {
        victim: "nobody",
        at: "cloud",
        nth,
        moment: "received",
        answer: { error: nth % 2 === 1 ? TOO_MANY : BROKEN },
      },
    },
    { kind, point: { victim: "nobody", at: "cloud", nth, moment: "done", answer: { error: CUT } } },
  ]);
}

/** An answer that comes late. */
export function late(kind: KindName, nth: number): FaultyLife {
  return { kind, point: { victim: "nobody", at: "cloud", nth, moment: "done", answer: "late" } };
}

/** Over HTTP: once, which the next try mends, and through the whole run. */
export const overHttp: readonly FaultyLife[] = (
  [
    { kind: "status", status: 429 },
    { kind: "status", status: 429, headers: { "retry-after": "1" } },
    { kind: "status", status: 500 },
    { kind: "silence" },
    { kind: "cut-before" },
    { kind: "cut-after" },
  ] as const
).flatMap((fault) =>
  (["first", "every"] as const).map(
    (times): FaultyLife => ({ kind: "Hetzner Robot", point: { victim: "nobody", at: "api", fault, times } }),
  ),
);
