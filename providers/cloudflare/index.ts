import "./sdk";

export { type CloudflareArgs, cloudflare } from "./dns";
