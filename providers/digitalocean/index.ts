import "./sdk";

export { type DigitalOceanArgs, digitalocean } from "./cloud";
export { type DigitalOceanDnsArgs, digitaloceanDns } from "./dns";
