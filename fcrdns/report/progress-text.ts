/** What a check still waits for, one sentence per server and query. DNS text in it is escaped. */
import type { Pending } from "../ask/agreement";
import type { OtherVerdict } from "../ask/other-family";
import type { Lookup, ServerAnswer } from "../evidence";
import { forTerminal } from "./escape";

export function pendingText({ lookup, answer }: Pending): string {
  return `${forTerminal(answer.server)} ${answerVerb(answer)} ${forTerminal(lookup.name)} ${lookup.type}`;
}

export function otherPendingText({ other }: OtherVerdict): string {
  return `${other.ip}, which ${forTerminal(other.name)} has too, does not round-trip`;
}

/** What the wait for a forward record still waits for. Never empty: if no server could be queried, it says that. */
export function forwardPendingText(
  answers: readonly ServerAnswer[],
  lookup: Lookup,
  question: string,
  ip: string,
): readonly string[] {
  if (answers.length === 0) {
    const servers = lookup.answers.map(({ server }) => forTerminal(server));
    const who = servers.length > 0 ? `none of ${servers.slice(0, 3).join(", ")}` : "no name server";
    return [`${who} could be queried for ${question}`];
  }
  return answers.map((answer) => {
    const said = `${forTerminal(answer.server)} ${answerVerb(answer)} ${question}`;
    return answer.outcome === "ok" ? `${said}, not ${ip}` : said;
  });
}

function answerVerb({ outcome, values }: ServerAnswer): string {
  switch (outcome) {
    case "ok": {
      const shown = values.slice(0, 3).map(forTerminal).join(", ");
      return `answers ${shown}${values.length > 3 ? `, and ${values.length - 3} more` : ""} to`;
    }
    case "nodata":
      return "has no record for";
    case "timeout":
      return "does not answer";
    case "unreachable":
      return "cannot be reached for";
    case "lame":
    case "referral":
      return "is not authoritative for";
    case "malformed":
      return "sends an unreadable answer to";
    case "cname-loop":
      return "leads into a loop of aliases for";
    case "cname":
      return "returns too many aliases in a row for";
    default:
      return `answers ${outcome.toUpperCase()} to`;
  }
}
