/** What `mta`, `message` and `domain` have in common: the senders that were found are listed, or checked as by `verify`. */
import type { Command } from "commander";
import { forTerminal } from "../fcrdns/report/escape";
import type { Verdict } from "../fcrdns/verdict";
import { withIpv6InUse } from "../senders/mta/ipv6-in-use";
import type { FoundSenders, LeftOut, Sender } from "../senders/sender";
import { type CheckedSubject, check } from "./check";
import { addCheckOptions, type CheckFlags, type CheckSettings } from "./check-options";
import type { Environment } from "./environment";
import { type ExitStatus, exitStatus } from "./exit-status";
import { UsageProblem } from "./usage-problem";

export interface SenderFlags extends CheckFlags {
  readonly list?: true;
}

/** Adds `--list` and the flags of `verify`. */
export function addSenderOptions(command: Command): Command {
  command.option("--list", "print the senders found, ADDRESS=NAME or ADDRESS, one per line, and check nothing");
  return addCheckOptions(command);
}

/**
 * Says what was left out, then lists the senders or checks each of them.
 * @param nothing what the usage problem says if there is no sender; null: there need not be one
 * @param judged adds to the verdict of a sender what is known from elsewhere than DNS. @default nothing
 * @throws UsageProblem if there is none
 */
export async function listOrCheck(
  { senders, leftOut }: FoundSenders,
  nothing: string | null,
  flags: SenderFlags,
  settings: CheckSettings,
  environment: Environment,
  judged: (sender: Sender, verdict: Verdict) => Verdict = (_, verdict) => verdict,
): Promise<ExitStatus> {
  for (const each of leftOut) await environment.stderr.write(`fcrdns: ${leftOutText(each)}\n`);
  const once = uniqueBy(senders, listed);
  if (once.length === 0 && nothing !== null) throw new UsageProblem(nothing);
  if (flags.list) {
    for (const each of once) await environment.stdout.write(`${listed(each)}\n`);
    return exitStatus.pass;
  }
  // The same address may say two things that are no name.
  const subjects = uniqueBy(senders, (each) => `${listed(each)} ${each.helo ?? ""}`).map((sender) => ({
    ...subjectOf(sender),
    judged: (verdict: Verdict) => judged(sender, withSwitchOff(sender, verdict)),
  }));
  return check({ ...settings, subjects, count: subjects.length }, environment);
}

function listed({ address, name }: Sender): string {
  return name === null ? address : `${address}=${name}`;
}

function uniqueBy(senders: readonly Sender[], key: (sender: Sender) => string): Sender[] {
  const first = new Map<string, Sender>();
  for (const each of senders) if (!first.has(key(each))) first.set(key(each), each);
  return [...first.values()];
}

function subjectOf({ address, name, helo, place, ptr }: Sender): CheckedSubject {
  // What is no full host name is judged as EHLO name; no PTR is expected to be it.
  const expected = ptr ?? (helo === undefined ? name : null);
  return { ip: address, expected, helo: helo ?? name, ...(place && { origin: place }) };
}

function withSwitchOff({ switchOff, place }: Sender, verdict: Verdict): Verdict {
  return switchOff === undefined ? verdict : withIpv6InUse(verdict, { switchOff, ...(place && { place }) });
}

function leftOutText({ what, why, place }: LeftOut): string {
  const where = place === undefined ? "" : `${place.file === "-" ? "standard input" : place.file} line ${place.line}: `;
  return forTerminal(`${where}${what} ${why}`);
}
