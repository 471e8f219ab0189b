/** What can be wrong when an address is brought up, as faults of the loopback internet: one row per scenario. */
import { providers } from "../providers/find-provider";
import type { InternetFault } from "./internet/internet-fault";
import type { RemoteInternet } from "./internet/remote-internet";
import { clouds } from "./simulations";

/** Where a scenario plays. */
export interface Stage {
  /** The cloud's Pulumi package. */
  readonly cloud: string;
  readonly hostname: string;
}

export interface Scenario {
  readonly name: string;
  /** One sentence for `--list`. */
  readonly sentence: string;
  /** How it ends (before anything that comes {@link Scenario.afterwards}): `pass` exits with 0, `fail` with 1, `unknown` with 3. */
  readonly ends: "pass" | "fail" | "unknown";
  readonly faults: (stage: Stage) => readonly InternetFault[];
  /** Stack config that differs from the usual. */
  readonly config?: Readonly<Record<string, string>>;
  /** What somebody does after that; then the same program runs once more, and that run decides the exit status. */
  readonly afterwards?: {
    readonly sentence: string;
    readonly act: (internet: RemoteInternet, addresses: readonly string[], hostname: string) => Promise<void>;
  };
}

/** A provider whose people set PTRs. */
const byTicket = providers.find(({ name, ticket }) => ticket?.role === "only-way" && name in clouds);

/** What is wrong for good needs no long wait to be seen. */
const SOON: Readonly<Record<string, string>> = { "fcrdns:deadlineSeconds": "6" };

export const scenarios: readonly Scenario[] = [
  {
    name: "ok",
    sentence: "Forward and reverse agree for both families: the stack comes up verified.",
    ends: "pass",
    faults: () => [],
  },
  {
    name: "no-ptr",
    sentence: "The cloud accepts the PTR but never publishes it: the gate fails the stack.",
    ends: "fail",
    faults: () => [{ kind: "pin-ptr", value: null }],
    config: SOON,
  },
  {
    name: "wrong-ptr",
    sentence: "The address still has the PTR of its last owner.",
    ends: "fail",
    faults: () => [{ kind: "pin-ptr", value: "mail.last-owner.example", confirmed: false }],
    config: SOON,
  },
  {
    name: "no-forward",
    sentence: "The DNS host accepts A and AAAA but never publishes them.",
    ends: "fail",
    faults: ({ hostname }) => [
      { kind: "pin-records", owner: hostname, type: "A", values: [] },
      { kind: "pin-records", owner: hostname, type: "AAAA", values: [] },
    ],
    config: SOON,
  },
  {
    name: "generic-ptr",
    sentence: "The cloud's generic name stays; it confirms, but is still rejected.",
    ends: "fail",
    faults: () => [{ kind: "pin-ptr", value: "static.{reversed}.clients.your-server.de", confirmed: true }],
    config: SOON,
  },
  {
    name: "ipv6-missing",
    sentence: "IPv4 round-trips, the IPv6 address has no PTR: receivers would reject mail over IPv6.",
    ends: "fail",
    faults: () => [{ kind: "pin-ptr", family: 6, value: null }],
    config: SOON,
  },
  {
    name: "lagging-server",
    sentence: "One of two reverse name servers is 4 seconds late: the gate waits for it and passes.",
    ends: "pass",
    faults: ({ cloud }) => [{ kind: "lag", where: { reverseOf: cloud, nth: 2 }, ms: 4000 }],
  },
  {
    name: "dead-server",
    sentence:
      "One of two reverse name servers does not answer: it is excluded with a warning, and the other one decides.",
    ends: "pass",
    faults: ({ cloud }) => [{ kind: "silence", where: { reverseOf: cloud, nth: 2 } }],
    config: { "fcrdns:timeoutSeconds": "1" },
  },
  {
    name: "servfail",
    sentence: 'The reverse name servers fail: that is unknown, not "no PTR".',
    ends: "unknown",
    faults: ({ cloud }) => [{ kind: "servfail", where: { reverseOf: cloud } }],
    config: SOON,
  },
  {
    name: "ticket",
    sentence: `${byTicket?.ticket?.title} sets PTRs by ticket: the gate fails with the text to send, and passes once support has done it.`,
    ends: "fail",
    faults: () => [],
    config: { ...SOON, "fcrdns:cloud": byTicket?.name ?? "", ...clouds[byTicket?.name ?? ""]?.config },
    afterwards: {
      sentence: "Support has processed the ticket and set the PTR. The same program again:",
      act: async (internet, addresses, hostname) => {
        for (const address of addresses) await internet.setPtr(address, hostname);
        await internet.settled();
        await internet.flushResolver();
      },
    },
  },
];

export const scenarioNames: readonly string[] = scenarios.map(({ name }) => name);
