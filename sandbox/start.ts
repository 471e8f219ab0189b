/**
 * `npm start`: brings up a sending IP on the loopback internet, with the real engine, the program of this checkout and
 * the policy pack. Only config and environment tell the program that it runs in the sandbox.
 */
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { verify } from "../fcrdns/index";
import { nearest } from "../fcrdns/names/nearest";
import type { Verdict } from "../fcrdns/verdict";
import { defaultProvider } from "../providers/find-provider";
import { getEngine } from "./engine/get-engine";
import { openSandbox, type Sandbox } from "./sandbox";
import { type Scenario, scenarioNames, scenarios } from "./scenarios";
import { clouds, dnsHosts, people } from "./simulations";
import { exitStatus, summaryTable, warnings } from "./summary";

const HOSTNAME = "mail.example.com";
const ZONE = "example.com";
const POLICIES = join(__dirname, "..", "policies");

interface Choice {
  readonly scenario: Scenario;
  readonly cloud: string;
  readonly dns: string;
  readonly mx: boolean;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function oneOf<T>(kind: string, known: Readonly<Record<string, T>>): (word: string) => T {
  return (word) => {
    const found = known[word];
    if (found === undefined) {
      const meant = nearest(word, Object.keys(known));
      const hint = meant === undefined ? "" : ` (did you mean ${meant}?)`;
      throw new InvalidArgumentError(
        `there is no ${kind} ${JSON.stringify(word)}${hint}; there are ${Object.keys(known).join(", ")}.`,
      );
    }
    return found;
  };
}

async function play({ scenario, cloud, dns, mx }: Choice): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    note("\nInterrupted: waiting for the engine to release the stack ...");
    interrupted.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, interrupt);
  }
  const { signal } = interrupted;

  const engine = await getEngine({ env: process.env, progress: note, signal });
  if (!engine.ok) {
    note(engine.message);
    return signal.aborted ? 130 : 2;
  }
  const started = performance.now();
  const { packageName, config: cloudConfig } = clouds[cloud] ?? { packageName: cloud, config: {} };
  const sandbox = await openSandbox({
    engine: engine.command,
    program: require("../index"),
    internet: { forwardZones: [ZONE] },
    config: {
      "fcrdns:hostname": HOSTNAME,
      "fcrdns:zone": ZONE,
      "fcrdns:cloud": cloud,
      "fcrdns:dns": dns,
      "fcrdns:mx": String(mx),
      // The pack always runs here, and shows more than the program does.
      "fcrdns:verify": "gate",
      "fcrdns:deadlineSeconds": "60",
      ...cloudConfig,
      ...dnsHosts[dns],
      ...scenario.config,
    },
    onOutput: (text) => process.stdout.write(text),
    signal,
  });
  try {
    say(`Scenario ${scenario.name}: ${scenario.sentence}\n`);
    for (const fault of scenario.faults({ cloud: packageName, hostname: HOSTNAME })) {
      await sandbox.internet.fault(fault);
    }
    for (const word of [cloud, dns]) {
      await people[word]?.(sandbox.internet, HOSTNAME);
    }
    let { ok, status, verdicts } = await runAndVerify(sandbox);
    if (signal.aborted) {
      return 130;
    }
    if (scenario.afterwards) {
      const addresses = verdicts.map(({ ip }) => ip);
      say(`\n${lastLine(status, ok)}\n\n${scenario.afterwards.sentence}\n`);
      await scenario.afterwards.act(sandbox.internet, addresses, HOSTNAME);
      ({ ok, status, verdicts } = await runAndVerify(sandbox));
      if (signal.aborted) {
        return 130;
      }
    }
    say(`\n${lastLine(status, ok)} ${((performance.now() - started) / 1000).toFixed(1)} s, exit status ${status}.`);
    return status;
  } finally {
    await sandbox.close();
  }
}

/** One `pulumi up` behind the gate, and what the checker says a moment later. */
async function runAndVerify({
  stack,
  internet,
}: Sandbox): Promise<{ ok: boolean; status: number; verdicts: readonly Verdict[] }> {
  const { ok, outputs } = await stack.up({ policyPacks: [POLICIES] });
  const { roots, resolver, port } = internet;
  const verdicts = await Promise.all(
    endpointsOf(outputs).map(({ address, hostname }) =>
      verify(address, { expected: hostname, roots, resolvers: [resolver], port, timeoutSeconds: 1 }),
    ),
  );
  if (verdicts.length > 0) {
    say(`\n${summaryTable(verdicts)}`);
    for (const line of warnings(verdicts)) {
      say(`warning: ${line}`);
    }
  }
  return { ok, status: statusOf(ok, verdicts), verdicts };
}

/** The gate's word counts: without it, a verdict taken a moment later proves nothing about the run. */
function statusOf(ok: boolean, verdicts: readonly Verdict[]): number {
  const status = exitStatus(verdicts);
  return ok || status !== 0 ? status : 1;
}

function lastLine(status: number, ok: boolean): string {
  switch (status) {
    case 0:
      return "Verified: mail can be sent from here.";
    case 3:
      return "Could not verify: there was no definite answer, so do not send mail yet.";
    default:
      return ok ? "Not verified: do not send mail." : "The stack failed: fix the errors above before you send mail.";
  }
}

function endpointsOf(outputs: Readonly<Record<string, unknown>>): { address: string; hostname: string }[] {
  return Array.isArray(outputs.endpoints) ? outputs.endpoints : [];
}

const command = new Command("npm start --")
  .description("Brings up a sending IP on a simulated internet on loopback: real engine, real DNS, simulated cloud.")
  .option("--scenario <name>", "what is wrong this time", "ok")
  .option("--cloud <name>", "which simulated cloud", defaultProvider)
  .option("--dns <name>", "which simulated DNS host; usually the cloud's own")
  .option("--mx", "publish MX and SPF once the address is verified", false)
  .option("--list", "list the scenarios")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

async function main(): Promise<number> {
  command.parse();
  const options = command.opts<{ scenario: string; cloud: string; dns?: string; mx: boolean; list?: boolean }>();
  if (options.list) {
    const width = Math.max(...scenarioNames.map((name) => name.length));
    say(scenarios.map(({ name, sentence }) => `${name.padEnd(width)}  ${sentence}`).join("\n"));
    return 0;
  }
  try {
    const scenario = oneOf(
      "scenario",
      Object.fromEntries(scenarios.map((each) => [each.name, each])),
    )(options.scenario);
    oneOf("cloud", clouds)(options.cloud);
    const dns = options.dns ?? clouds[options.cloud]?.dns ?? defaultProvider;
    oneOf("DNS host", dnsHosts)(dns);
    return await play({ scenario, cloud: options.cloud, dns, mx: options.mx });
  } catch (error) {
    if (error instanceof InvalidArgumentError) {
      note(error.message);
      return 2;
    }
    throw error;
  }
}

// Writing to a terminal that is gone fails; what is running is ended all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    note(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
