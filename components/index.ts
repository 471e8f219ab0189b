/**
 * What `pulumi-fcrdns` gives a Pulumi program. A cloud or DNS host with an SDK of its own has an entry of its own, so that
 * only the SDKs that are used need to be installed: `pulumi-fcrdns/clouds/hetzner`, `pulumi-fcrdns/dns/cloudflare`.
 *
 * @example
 * import { SendingIp } from "pulumi-fcrdns";
 * import { hetzner } from "pulumi-fcrdns/clouds/hetzner";
 * import { hetznerDns } from "pulumi-fcrdns/dns/hetzner";
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
} from "./clouds/cloud";
export { type ConfigReader, configReader } from "./config-reader";
export type { DnsHost, DnsHostCapabilities, PublishResult, RecordSet, RecordType } from "./dns/dns-host";
export { publishMailRecords, spfText } from "./mail-records";
export { PlainError } from "./plain-error";
export {
  type Endpoint,
  SendingIp,
  type SendingIpArgs,
  type SendingIpNodes,
  type Verified,
} from "./sending-ip";
export { type PoolMember, SendingIpPool, type SendingIpPoolArgs } from "./sending-ip-pool";
export { readStackConfig, type StackConfig } from "./stack-config";
export type { Ticket, TicketAddress, TicketRoute } from "./tickets/ticket";
export { type Transform, transformed } from "./transform";
