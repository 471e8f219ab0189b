import "./sdk";

export { type OvhArgs, ovh } from "./cloud";
export { type OvhDnsArgs, ovhDns } from "./dns";
