/** The checker of forward-confirmed reverse DNS. */

export { socketTransport } from "./ask/sockets";
export type { Exchange, ServerAddress, Transport } from "./ask/transport";
export type { Cause } from "./cause";
export type {
  AskedHop,
  Evidence,
  ForwardLookups,
  Lookup,
  NegativeSoa,
  Note,
  QuestionType,
  ServerAnswer,
} from "./evidence";
export { InputError } from "./input-error";
export { FINDING_RULES, type FindingRule, type FindingRuleId, findingRule } from "./judge/finding-rules";
export { judge } from "./judge/judge";
export { RECEIVERS, type Receiver, type ReceiverOpinion, receiverMatrix } from "./judge/receivers";
export { type AddressResult, type IpAddress, parseAddress, reverseName } from "./names/address";
export { type InspectNameOptions, inspectName, type NameInspection } from "./names/inspect-name";
export { canonicalName, type NameProblem, type NameResult, sameName } from "./names/name";
export { nearest } from "./names/nearest";
export type { Clock, Progress, VerifyAllOptions, VerifyOptions } from "./options";
export { parseServer, type ServerResult } from "./parse-server";
export { explain } from "./report/explain";
export { checkSettings, type DnsSettings, type Mode, type SettingsProblem, type SettingsResult } from "./settings";
export type { Finding, Hop, Iprev, Outcome, Reason, Severity, Status, Verdict } from "./verdict";
export { type Item, type OneOptions, Verifier, type VerifierOptions, verify, verifyAll } from "./verify";
