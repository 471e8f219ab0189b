/** `fcrdns stack`: every sending address found in the state of a Pulumi stack, of any language, or of Terraform. */

import { canonicalHostname } from "../../fcrdns/names/name";
import { forTerminal } from "../../fcrdns/report/escape";
import { fromPulumiExport } from "../../providers/internal/stack/pulumi-export";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import { stackMail } from "../../providers/internal/stack/stack-mail";
import type { StackResource } from "../../providers/internal/stack/stack-resource";
import { fromTerraformShow } from "../../providers/internal/stack/terraform";
import { UnreadableStack } from "../../providers/internal/stack/unreadable-stack";
import { type CheckedSubject, check } from "../check";
import { addCheckOptions, type CheckFlags, checkSettings } from "../check-options";
import type { Environment } from "../environment";
import { exitStatus } from "../exit-status";
import { textOf } from "../input-lines";
import { UsageProblem } from "../usage-problem";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface StackFlags extends CheckFlags {
  readonly stack?: string;
  readonly export?: string;
  readonly terraform?: string;
}

export const stack: FcrdnsCommand<StackFlags> = {
  define: (command) => {
    command
      .description(
        "Finds the addresses that a stack sends mail from, as the policy pack does: those of every SendingIp, those whose " +
          "PTR a resource of any provider sets, and those that an MX or SPF record, a firewall rule or a NAT gateway lets " +
          "send, with the reason. Without --export or --terraform it runs pulumi stack export.",
      )
      .option("--stack <name>", "the stack (default: the selected one)")
      .option("--export <file>", "output of pulumi stack export; - is standard input")
      .option("--terraform <file>", "output of terraform show -json; - is standard input");
    return addCheckOptions(command).addHelpText(
      "after",
      `${exitStatusHelp}\nIf no sending address is found, the exit status is 2.\n${examples([
        "fcrdns stack --stack prod",
        "pulumi stack export --stack prod | fcrdns stack --export -",
        "terraform show -json | fcrdns stack --terraform -",
        "fcrdns stack --stack prod --format markdown > comment.md",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    if (args.length > 0) {
      throw new UsageProblem(
        `unexpected argument "${forTerminal(args[0] as string)}": write fcrdns stack --stack NAME`,
      );
    }
    const settings = await checkSettings(flags, environment);
    const { resources, where } = await readStack(flags, environment);
    // A web server's PTR, such as that of a droplet with a full name, is no sending address: the gate says the same.
    const { sending, unset } = stackMail(resources);
    const found = [...sending, ...unset];
    const subjects = subjectsOf(found);
    const hidden = found.filter(({ ip }) => ip === null);
    for (const each of hidden)
      await environment.stderr.write(`fcrdns: ${notKnown(each, flags.terraform !== undefined)}\n`);
    if (subjects.length === 0) {
      throw new UsageProblem(
        hidden.length > 0
          ? `no sending address in ${where} is known yet, so nothing could be checked`
          : `no sending address in ${where}: none of its ${resources.length} resources is a SendingIp or sets a PTR for mail; ` +
              "give the addresses to fcrdns verify",
      );
    }
    const status = await check({ ...settings, subjects, count: subjects.length }, environment);
    return status === exitStatus.pass && hidden.length > 0 ? exitStatus.unknown : status;
  },
};

/** Each address with each name once: several resources may name the same. */
function subjectsOf(found: readonly SendingAddress[]): CheckedSubject[] {
  const all = new Map<string, CheckedSubject>();
  for (const { ip, hostname, helo, urn, cloud, reverse, ticket, reasons } of found) {
    if (ip === null) continue;
    const canonical = hostname === null ? null : canonicalHostname(hostname);
    // A PTR value that no host can have is judged by what DNS makes of it.
    const expected = canonical?.ok ? canonical.name : null;
    const key = `${ip} ${expected ?? ""}`;
    if (all.get(key)?.stack?.ticket !== undefined) continue;
    if (all.has(key) && ticket === undefined) continue;
    all.set(key, {
      ip,
      expected,
      ...(helo !== undefined && { helo }),
      stack: { urn, cloud, reverse, ...(ticket && { ticket }), ...(reasons && { reasons }) },
    });
  }
  return [...all.values()];
}

function notKnown({ urn, reverse, reasons = [] }: SendingAddress, inTerraform: boolean): string {
  if (reverse === "unset") {
    const why = reasons.map((reason) => forTerminal(reason)).join("; ");
    return `mail leaves by addresses of ${forTerminal(urn)} that are not in the state, so they were not checked (${why}): give it addresses of its own, or give those that it has to fcrdns verify`;
  }
  const secret = inTerraform
    ? "Terraform marks it as sensitive (then give it to fcrdns verify)"
    : "it is a secret (then export with pulumi stack export --show-secrets)";
  return `the address of ${forTerminal(urn)} is not in the state, so it was not checked: it has not been created yet, or ${secret}`;
}

interface ReadStack {
  readonly resources: StackResource[];
  /** Escaped. */
  readonly where: string;
}

async function readStack(
  { stack: name, export: exported, terraform }: StackFlags,
  environment: Environment,
): Promise<ReadStack> {
  const given = Object.entries({ "--stack": name, "--export": exported, "--terraform": terraform });
  const flags = given.flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (flags.length > 1) throw new UsageProblem(`${flags.join(" and ")} cannot be combined: give one of them`);
  if (exported !== undefined) return parsed(await textOf(exported, environment), nameOf(exported), fromPulumiExport);
  if (terraform !== undefined)
    return parsed(await textOf(terraform, environment), nameOf(terraform), fromTerraformShow);
  const where = name === undefined ? "the selected stack" : `stack ${forTerminal(name)}`;
  return parsed(await pulumiExport(name, environment), where, fromPulumiExport);
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : forTerminal(file);
}

function parsed(text: string, where: string, read: (json: unknown) => StackResource[]): ReadStack {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    const seen = text.trim() === "" ? "is empty" : "is not JSON";
    throw new UsageProblem(
      `${where} ${seen}: write it with pulumi stack export --file stack.json, or terraform show -json > state.json`,
    );
  }
  try {
    return { resources: read(json), where };
  } catch (error) {
    if (error instanceof UnreadableStack) throw new UsageProblem(`${where}: ${error.message}`);
    throw error;
  }
}

async function pulumiExport(name: string | undefined, environment: Environment): Promise<string> {
  // As one word, so that no name can be taken for another flag.
  const args = ["stack", "export", "--non-interactive", ...(name === undefined ? [] : [`--stack=${name}`])];
  const end = await environment.runProgram("pulumi", args);
  if (end.kind === "not-found") {
    throw new UsageProblem(
      "pulumi is not on the PATH, so the stack cannot be exported: install it (https://www.pulumi.com/docs/install/), or give --export FILE",
    );
  }
  if (end.status === 0) return end.stdout;
  const [why = `status ${end.status}`] = end.stderr.split("\n").filter((line) => line.trim() !== "");
  throw new UsageProblem(`pulumi stack export failed: ${forTerminal(why.trim().replace(/^error: /, ""))}`);
}
