import "./sdk";

export { type ScalewayArgs, scaleway } from "./cloud";
export { type ScalewayDnsArgs, scalewayDns } from "./dns";
