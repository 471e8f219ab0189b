/** What a message shows beyond the verdict of DNS: what its receiver computed, and whether it was sent as planned. */
import { finding } from "../../fcrdns/judge/finding-rules";
import { forTerminal } from "../../fcrdns/report/escape";
import type { Finding, Iprev, Verdict } from "../../fcrdns/verdict";
import type { Sender } from "../sender";
import type { ReadMessage } from "./read-message";

/** An address and the EHLO name that mail is planned to be sent with. */
export interface PlannedSender {
  /** Canonical text. */
  readonly address: string;
  /** Canonical. */
  readonly name: string;
}

const MAIL_SERVER = "whoever configures the mail server that sends from the address";

/**
 * The verdict on a sender with what its messages show. A sender that was not planned fails.
 * @param messages those of this sender
 * @param plan none: anything is as planned
 */
export function withMessages(
  verdict: Verdict,
  sender: Sender,
  messages: readonly ReadMessage[],
  plan: readonly PlannedSender[],
): Verdict {
  const unplanned = differenceFromPlan(sender, messages, plan);
  const findings = [...unplanned, ...verdict.findings, ...messages.flatMap((each) => computedFindings(each, verdict))];
  const once = [...new Map(findings.map((each) => [`${each.rule}\n${each.message}`, each])).values()];
  if (unplanned.length === 0) return { ...verdict, findings: once };
  // The round trip may hold, but not for the name that was planned.
  const reason = verdict.status === "fail" ? verdict.reason : "unexpected-name";
  return { ...verdict, status: "fail", reason, findings: once };
}

function differenceFromPlan(
  { address, place }: Sender,
  messages: readonly ReadMessage[],
  plan: readonly PlannedSender[],
): Finding[] {
  if (plan.length === 0) return [];
  const names = plan.filter((each) => each.address === address).map(({ name }) => name);
  const planned = names.length > 0 ? names : plan.map((each) => `${each.address}=${each.name}`);
  return messages
    .filter(({ sender }) => names.length === 0 || !names.includes(sender.name ?? ""))
    .map(({ sender, by }) => {
      const said = sender.name ?? sender.helo;
      const as = said === undefined ? "" : ` with the EHLO name ${forTerminal(said)}`;
      const where = placeText(sender.place ?? place);
      return finding("sent-otherwise", {
        message: `${byText(by)} received the message from ${address}${as} (Received, ${where}), planned was ${planned.map(forTerminal).join(" or ")}`,
        who: MAIL_SERVER,
      });
    });
}

function computedFindings({ computed, by, sender }: ReadMessage, { iprev }: Verdict): Finding[] {
  return computed.flatMap(({ method, result, field, line }) => {
    const where = `${field}, ${placeText(sender.place && { ...sender.place, line })}`;
    const message = `${byText(by)} computed ${method}=${forTerminal(result)} for ${sender.address} (${where})`;
    const differs = method === "iprev" && isIprev(result) && result !== iprev;
    return differs
      ? [finding("receiver-iprev-differs", { message: `${message}, and this check iprev=${iprev}`, who: MAIL_SERVER })]
      : [finding("receiver-computed", { message, who: MAIL_SERVER })];
  });
}

function isIprev(result: string): result is Iprev {
  return /^(?:pass|fail|temperror|permerror)$/.test(result);
}

function byText(by: string | null): string {
  return by === null ? "the receiver" : forTerminal(by.slice(0, 255));
}

function placeText(place: Sender["place"]): string {
  if (place === undefined) return "the message";
  return `${place.file === "-" ? "standard input" : forTerminal(place.file)} line ${place.line}`;
}
