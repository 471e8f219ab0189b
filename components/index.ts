/**
 * What `pulumi-fcrdns` exports to a Pulumi program. Clouds and DNS hosts have separate entries, so that only the SDKs in use
 * need to be installed: `pulumi-fcrdns/hetzner`, `pulumi-fcrdns/cloudflare`.
 *
 * @example
 * import { SendingIp } from "pulumi-fcrdns";
 * import { hetzner, hetznerDns } from "pulumi-fcrdns/hetzner";
 *
 * const mail = new SendingIp("mail", {
 *   hostname: "mail.example.com",
 *   cloud: hetzner(),
 *   dns: hetznerDns({ zone: "example.com" }),
 * });
 */
export type {
  AddressRequest,
  Cloud,
  CloudAddress,
  CloudCapabilities,
  CloudContext,
  Family,
  Problem,
  ReverseCapability,
  ReverseRequest,
  ReverseResult,
  Source,
} from "../providers/cloud";
export type { ConfigReader } from "../providers/config-schema";
export type { DnsHost, DnsHostCapabilities, PublishResult, RecordSet, RecordType } from "../providers/dns-host";
export { configReader } from "../providers/internal/config-reader";
export type { Ticket, TicketAddress, TicketRoute } from "../providers/internal/tickets/ticket";
export { type Transform, transform } from "../providers/internal/transform";
export { UserError } from "../providers/internal/user-error";
export type { ConfigurationFile, MailServerName } from "../senders/mta/mail-server";
export { publishMailRecords, spfText } from "./mail-records";
export type { MtaConfigArgs } from "./mta-config";
export type { PlainSendingIpArgs } from "./plain-args";
export type { ProviderSettings } from "./provider-settings";
export {
  type Endpoint,
  SendingIp,
  type SendingIpArgs,
  type SendingIpNodes,
  type Verified,
} from "./sending-ip";
export { type PoolMember, SendingIpPool, type SendingIpPoolArgs } from "./sending-ip-pool";
export { readStackConfig, type StackConfig } from "./stack-config";
