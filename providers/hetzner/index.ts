import "./sdk";

export { type ExistingAddresses, type HetznerArgs, hetzner } from "./cloud";
export { type HetznerDnsArgs, hetznerDns } from "./dns";
