import "./sdk";

export { type NewReservedIps, type VultrArgs, vultr } from "./cloud";
export { type VultrDnsArgs, vultrDns } from "./dns";
