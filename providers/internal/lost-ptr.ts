/** What is said of a PTR that this stack sets and that DNS does not show: no stranger's doing, and what sets it again. */
import type { Verdict } from "../../fcrdns/verdict";
import type { Cloud, Family, ReverseCapability } from "../cloud";

/** A PTR that is set by a resource of this stack. */
export interface OwnPtr {
  /** The cloud as people write it. */
  readonly title: string;
  readonly afterLoss: NonNullable<ReverseCapability["afterLoss"]>;
  readonly hostname: string;
  /** Of the resource that sets it; empty where it is not a resource of its own. */
  readonly urn: string;
}

/** What is known of a PTR that a cloud sets for this stack. */
export function ownPtr({ capabilities }: Cloud, family: Family, hostname: string, urn: string): OwnPtr {
  const { afterLoss = "refresh" } = capabilities.reverse[family];
  return { title: capabilities.title, afterLoss, hostname, urn };
}

/** True if DNS answers definitely that the address does not have the PTR that this stack sets. */
export function isLost({ status, ptr, expected, reason }: Verdict): boolean {
  const aboutPtr = reason === "no-ptr" || (ptr.length > 0 && expected !== null && !ptr.includes(expected));
  return status === "fail" && aboutPtr;
}

/** What sets the PTR again. */
export function howToSetAgain({ title, afterLoss, hostname, urn }: OwnPtr): string {
  const target = urn === "" ? "URN" : `'${urn}'`;
  switch (afterLoss) {
    case "refresh":
      return "`pulumi up --refresh` compares the stack with the provider and sets the PTR again";
    case "refresh-or-replace":
      return `\`pulumi up --refresh\` sets a PTR again that ${title} has put back to its default; if somebody gave the address another name, which a refresh does not notice, \`pulumi up --target-replace ${target}\` does`;
    case "replace":
      return `\`pulumi up --target-replace ${target}\` creates the PTR's resource again; a refresh does not notice that ${title} lost it`;
    case "by-hand":
      return `the plugin does not set it on an existing machine: set ${hostname} with the provider's own command or console, then run \`pulumi up --refresh\``;
    case "rename":
      return `the PTR is the machine's name: \`pulumi up --refresh\` renames the machine if its name at ${title} is another one. If it is ${hostname} already, a refresh changes nothing: set that name again in the provider's console or with its own command`;
  }
}

/** The verdict with the fix for whoever runs the stack, instead of the general one. */
export function withOwnAdvice(verdict: Verdict, ptr: OwnPtr): Verdict {
  if (!isLost(verdict)) {
    return verdict;
  }
  const findings = verdict.findings.map((finding) =>
    finding.severity === "error" && finding.who.startsWith("the owner of")
      ? { ...finding, fix: `${capital(howToSetAgain(ptr))}.`, who: "you: this stack sets this PTR" }
      : finding,
  );
  return { ...verdict, findings };
}

/** Reported at the start of the wait: a new PTR only needs time, a lost one must be set again. */
export function lostPtrText(ip: string, ptr: OwnPtr): string {
  return `${ip} has no PTR ${ptr.hostname} in DNS, although this stack sets it. If this run has just made or changed it, it only needs time; otherwise ${ptr.title} has lost it: ${howToSetAgain(ptr)}.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
