/** What a configuration cannot say of a private address: the one that receivers see. */
import { finding } from "../../fcrdns/judge/finding-rules";
import { forTerminal } from "../../fcrdns/report/escape";
import type { Verdict } from "../../fcrdns/verdict";
import type { Sender } from "../sender";
import { addressKind } from "./address-kind";

/** The verdict, with a finding if the server binds a private address. */
export function withPrivateBindAddress(verdict: Verdict, { address, place, arrivesAt = [] }: Sender): Verdict {
  if (addressKind(address) !== "private") return verdict;
  const where =
    place === undefined ? "" : ` (${place.file === "-" ? "standard input" : place.file} line ${place.line})`;
  const maybe =
    arrivesAt.length === 0 ? "" : ` Mail arrives at ${arrivesAt.join(" and ")}: check whether it also leaves by it.`;
  const found = finding("bind-address-private", {
    message: `the mail server binds the private address ${address}${forTerminal(where)}; behind NAT receivers see another one`,
    fix: `Say which public address receivers see, with --nat ${address}=PUBLIC.${maybe}`,
    who: `whoever configures the mail server that sends from ${address}`,
  });
  const errors = verdict.findings.filter(({ severity }) => severity === "error");
  return { ...verdict, findings: [...errors, found, ...verdict.findings.slice(errors.length)] };
}
