/** The verdict of each scenario at every make of name server, in every mode, through Unbound and BIND. */
import * as assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type DnsSettings, type Verdict, Verifier } from "../../../fcrdns/index";
import { fcrdns } from "../../cli/spawned";
import { AUTHORITIES, type Authority } from "../../servers/authorities";
import { buildHierarchy, type Hierarchy, type Serve, sandboxServer, serveHierarchy } from "../../servers/hierarchy";
import { startNamedResolver } from "../../servers/named";
import { missing, type RealServer } from "../../servers/real-server";
import { relayed } from "../../servers/relay";
import { SCENARIOS, type Scenario } from "../../servers/scenarios";
import { SIGNING_PROGRAMS } from "../../servers/signed-zone";
import { startUnbound } from "../../servers/unbound";

const real =
  ({ start }: Authority): Serve =>
  ({ files }, place) =>
    start(files, place);

interface Make {
  readonly programs: readonly string[];
  readonly serve: Serve;
  readonly signing: boolean;
}

const MAKES: Readonly<Record<string, Make>> = {
  "the sandbox": { programs: [], serve: sandboxServer, signing: false },
  ...Object.fromEntries(
    Object.entries(AUTHORITIES).map(([make, authority]) => [
      make,
      { programs: [authority.program, ...SIGNING_PROGRAMS], serve: real(authority), signing: true },
    ]),
  ),
};

for (const [make, { programs, serve, signing }] of Object.entries(MAKES)) {
  describe(`zones served by ${make}`, { skip: missing(...programs, "unbound", "named") }, () => {
    const scenarios = SCENARIOS.filter(({ signed }) => signing || !signed);
    const open: { close(): unknown }[] = [];
    const verifiers: Record<string, Verifier> = {};
    let flags: readonly string[] = [];
    before(async () => {
      const build = () =>
        buildHierarchy(
          scenarios.map(({ contents }) => contents),
          { signing },
        );
      const hierarchy = await serveHierarchy(build, serve);
      open.push(hierarchy);
      const { port, anchors, address } = hierarchy;
      const unbound = await startUnbound(stubsOf(hierarchy), anchors);
      open.push(unbound);
      const bind = await startNamedResolver({ address: address("root"), port }, anchors);
      // A name server without authority: it answers from its memory, or refers to the root.
      open.push(await relayed(bind, { address: address("resolver"), port }));
      const way: DnsSettings = { roots: [`${address("root")}:${port}`], port };
      flags = ["--root", `${address("root")}:${port}`, "--port", String(port), "--resolver", unbound.endpoint];
      const settings: Record<string, DnsSettings> = { authoritative: { ...way, mode: "authoritative" } };
      for (const [name, { endpoint }] of Object.entries({ Unbound: unbound, BIND: bind } as Record<
        string,
        RealServer
      >)) {
        settings[`full, ${name}`] = { ...way, mode: "full", resolvers: [endpoint] };
        settings[`recursive, ${name}`] = { mode: "recursive", resolvers: [endpoint] };
      }
      for (const [how, each] of Object.entries(settings)) {
        verifiers[how] = new Verifier(each);
        open.push(verifiers[how] as Verifier);
      }
    });
    after(async () => {
      for (const each of open.reverse()) await each.close();
    });

    for (const scenario of scenarios) {
      it(`${scenario.name} (${scenario.source}): ${scenario.verdict}`, async () => {
        const wrong: string[] = [];
        for (const [how, verifier] of Object.entries(verifiers)) {
          const wanted = wantedOf(scenario, make, how);
          if (wanted.length === 0) continue;
          const seen = summary(await verifier.verify(scenario.ip, { expected: scenario.expected }));
          if (!wanted.includes(seen)) wrong.push(`${how}: ${seen}, not ${wanted.join(" or ")}`);
        }
        assert.deepEqual(wrong, []);
      });
    }

    if (make === "nsd") {
      const statusOf = (scenario: Scenario) => wantedOf(scenario, make, "full")[0]?.split(" ")[0] ?? "";
      for (const [statuses, exit] of [
        [["pass"], 0],
        [["pass", "unknown", "fail"], 1],
        [["pass", "unknown"], 3],
      ] as const) {
        it(`the command's verdicts on those that ${statuses.join(", ")}; exit status ${exit}`, async () => {
          const asked = scenarios.filter((scenario) => statuses.includes(statusOf(scenario) as never));
          const items = asked.map(({ ip, expected }) => (expected === null ? ip : `${ip}=${expected}`));
          const { status, stdout, stderr } = await fcrdns(["verify", ...items, ...flags, "--format", "json"]);
          assert.equal(status, exit, stderr);
          const { results } = JSON.parse(stdout) as { results: readonly Verdict[] };
          assert.deepEqual(
            results.map(summary),
            asked.map((scenario) => wantedOf(scenario, make, "full")[0]),
          );
        });
      }
    }
  });
}

/** As {@link Scenario.verdict} has it: how long a wrong answer is remembered is another matter (`not-before.test.ts`). */
function summary({ status, iprev, reason, findings }: Verdict): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].filter((rule) => rule !== "remembered-after-fix").sort();
  return `${status} ${iprev} ${reason} | ${rules.join(" ")}`.trim();
}

function wantedOf({ verdict, full, recursive, at }: Scenario, make: string, how: string): readonly string[] {
  const different = at?.[make];
  if (different !== undefined) return [different];
  if (how.startsWith("recursive")) return recursive ?? [verdict];
  return [how.startsWith("full") ? (full ?? verdict) : verdict];
}

/** Unbound has no setting for the port of servers that it finds by itself, so it is told where each zone is. */
function stubsOf({ servers, port }: Hierarchy) {
  return Object.fromEntries(
    Object.entries(servers)
      .filter(([, addresses]) => addresses.length > 0)
      .map(([zone, addresses]) => [zone, addresses.map((address) => ({ address, port }))]),
  );
}
