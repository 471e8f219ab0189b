/** The resource of the stack that sets a PTR, and what sets that PTR again when the provider has lost it. */
import { FINDING_RULES } from "../fcrdns/judge/finding-rules";
import type { Finding, Verdict } from "../fcrdns/verdict";
import { knownResource } from "../providers/internal/stack/known-resources";
import { SENDING_IP } from "../providers/internal/stack/own-resources";
import { type SendingAddress, sendingAddresses } from "../providers/internal/stack/sending-addresses";
import type { StackResource } from "../providers/internal/stack/stack-resource";
import { displayName, type StackView } from "./stack-view";

export interface PtrSetter {
  readonly urn: string;
  readonly type: string;
  readonly family: 4 | 6;
  /** @default not known */
  readonly options?: StackResource["options"];
}

/** The resource itself, or the one that a `SendingIp` made for this address. */
export function setterOf(address: SendingAddress, stack: StackView): PtrSetter {
  const { urn, type } = address.type === SENDING_IP ? (childOf(address, stack) ?? address) : address;
  const options = stack.resources.find((resource) => resource.urn === urn)?.options;
  return { urn, type, family: address.family, ...(options && { options }) };
}

/** The address of the PTR's resource is not known where the `SendingIp` only looked it up. */
function childOf({ urn, ip, hostname, family }: SendingAddress, stack: StackView): SendingAddress | undefined {
  const children = sendingAddresses(
    stack.resources.filter(
      (resource) => resource.type !== SENDING_IP && stack.related.above(resource, SENDING_IP)?.urn === urn,
    ),
  );
  return (
    children.find((child) => child.ip === ip) ??
    children.find((child) => child.ip === null && child.hostname === hostname && child.family === family)
  );
}

/** Reasons of a verdict that are about the PTR and not about the addresses of its name. */
const ABOUT_PTR: readonly Verdict["reason"][] = ["no-ptr", "unexpected-name", "unconfirmed-ptr"];

/**
 * The verdict with findings about the PTR addressed to whoever runs the stack: if a resource of the stack sets the PTR, the
 * owner of the address has nothing to fix.
 */
export function forSetter(verdict: Verdict, setter: PtrSetter): Verdict {
  return withPtrStep(
    verdict,
    `this stack sets the PTR, with ${displayName(setter)}. If that was in this update, wait and run "pulumi up" again; otherwise the provider lost or changed it: ${remedy(setter)}`,
    "whoever runs this stack",
  );
}

/** The verdict with findings about the PTR addressed to whoever sends the ticket, which is above it in the report. */
export function waitingForTicket(verdict: Verdict, provider: string): Verdict {
  return withPtrStep(
    verdict,
    'Send the ticket above unless it has been sent already; when the provider has answered, run "pulumi up" again.',
    `whoever can open tickets at ${provider}`,
  );
}

/** The verdict with findings about the PTR addressed to whoever enters it by hand, as the report says above it. */
export function waitingForEntry(verdict: Verdict): Verdict {
  return withPtrStep(verdict, 'Enter it as shown above, then run "pulumi up" again.', "whoever runs this stack");
}

/** The verdict with one step in place of all that ask the owner of the address for another PTR. */
function withPtrStep(verdict: Verdict, fix: string, who: string): Verdict {
  const aboutPtr = ABOUT_PTR.includes(verdict.reason) || isForeignName(verdict);
  if (!aboutPtr || verdict.status !== "fail") return verdict;
  // Where the PTR is a foreign name, what is found of that name's addresses asks for the same step as the PTR itself.
  const steps = new Set(verdict.findings.filter(isForAddressOwner).map((finding) => finding.fix));
  let reported = false;
  const findings = verdict.findings.flatMap((finding) => {
    if (!isForAddressOwner(finding) && !(finding.severity === "error" && steps.has(finding.fix))) return [finding];
    if (reported) return [];
    reported = true;
    return [{ ...finding, fix, who }];
  });
  return { ...verdict, findings };
}

function isForAddressOwner({ rule, severity }: Finding): boolean {
  const known: Readonly<Record<string, { readonly who: string } | undefined>> = FINDING_RULES;
  return severity === "error" && known[rule]?.who === "address-owner";
}

/** DNS shows a PTR, but not the one that the stack sets, as when the provider has put its default back. */
function isForeignName({ expected, ptr }: Verdict): boolean {
  return expected !== null && ptr.length > 0 && !ptr.includes(expected);
}

function remedy({ urn, type, family, options }: PtrSetter): string {
  const known = knownResource(type);
  const command = `"pulumi up --target-replace '${urn.length > 500 ? "URN" : urn}'"`;
  const capability = known?.provider?.cloud?.capabilities.reverse[family];
  const replace =
    capability?.lateDeleteErases === true && options?.deleteBeforeReplace === false
      ? `give it the option deleteBeforeReplace: true, without which the deletion of the old one erases the new PTR, then ${command}`
      : command;
  if (capability?.afterLoss === "by-hand") {
    return `set it with the provider's own command or console, for the plugin does not, then "pulumi up --refresh"`;
  }
  switch (known?.facts.afterLoss) {
    case "refresh-or-replace":
      return `${REFRESH}; if somebody changed it, which a refresh does not notice, ${replace}`;
    case "replace":
      return `${replace} (a "pulumi refresh" does not notice it)`;
    case "rename":
      return `"pulumi up --refresh" if the machine has another name at ${known?.provider?.cloud?.capabilities.title ?? "the provider"}; if it has this one already, set it there again (a refresh does not notice it)`;
    default:
      return REFRESH;
  }
}

const REFRESH = '"pulumi refresh", then "pulumi up"';
