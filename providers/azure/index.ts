import "./sdk";

export { type AzureArgs, azure, type NewPublicIp, type PublicIp } from "./cloud";
export { type AzureDnsArgs, azureDns } from "./dns";
