/** The checker of forward-confirmed reverse DNS. */
export { type AddressResult, type IpAddress, parseAddress, reverseName } from "./address";
export type { Evidence, ForwardLookups, Lookup, NegativeSoa, QuestionType, ServerAnswer } from "./evidence";
export { explain } from "./explain";
export { FINDING_RULES, type FindingRule, type FindingRuleId, findingRule } from "./finding-rules";
export { InputError } from "./input-error";
export { type InspectNameOptions, inspectName, type NameInspection } from "./inspect-name";
export { judge } from "./judge";
export { canonicalName, type NameProblem, type NameResult, sameName } from "./name";
export { nearest } from "./nearest";
export type { Clock, Progress, VerifyAllOptions, VerifyOptions } from "./options";
export { RECEIVERS, type Receiver, type ReceiverOpinion, receiverMatrix } from "./receivers";
export { parseServer, type ServerResult } from "./server-address";
export { checkSettings, type DnsSettings, type Mode, type SettingsProblem, type SettingsResult } from "./settings";
export { socketTransport } from "./sockets";
export type { Exchange, ServerAddress, Transport } from "./transport";
export type { Finding, Hop, Iprev, Outcome, Reason, Severity, Status, Verdict } from "./verdict";
export { type Item, type OneOptions, Verifier, type VerifierOptions, verify, verifyAll } from "./verify";
