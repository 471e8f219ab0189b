import "./sdk";

export {
  accessConfig,
  addressAmong,
  type GoogleArgs,
  type GoogleInstance,
  google,
  ipv6AccessConfig,
  type SendingAddress,
} from "./cloud";
export { type CloudDnsArgs, cloudDns } from "./dns";
