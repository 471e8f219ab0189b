export { type CloudflareArgs, cloudflare } from "./dns";
