import "./sdk";

export { type ExistingLinodeAddresses, type LinodeArgs, linode, type NewLinodeAddresses } from "./cloud";
export { type LinodeDnsArgs, linodeDns } from "./dns";
