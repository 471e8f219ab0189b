/** Keys of stack config for the DNS servers to query: the same settings as the command's flags. Loads no Pulumi. */
import type { ConfigSchema } from "../config-schema";

export const dnsSettingKeys = {
  mode: {
    type: "text",
    description: "full (name servers until they agree, then resolvers), authoritative or recursive",
    default: "full",
  },
  roots: {
    type: "list",
    description:
      "Start at these DNS servers instead of the root servers, each ADDRESS[:PORT]: pulumi config set --path 'roots[0]' 192.0.2.53:53",
  },
  stubs: {
    type: "object",
    description:
      "Use this DNS server as the authority of a zone and everything below it, ZONE -> ADDRESS[:PORT]: pulumi config set --path 'stubs[\"example.com\"]' 192.0.2.53",
  },
  resolvers: {
    type: "list",
    description:
      "Recursive resolvers to query, each ADDRESS[:PORT]; empty means the system's: pulumi config set --path 'resolvers[0]' 192.0.2.53",
  },
  port: { type: "number", description: "Port of the name servers that the check finds", default: 53 },
  timeoutSeconds: { type: "number", description: "Seconds that one DNS query may take", default: 2 },
  tries: {
    type: "number",
    description: "Attempts per DNS query before it counts as unanswered",
    default: 2,
  },
  deadlineSeconds: {
    type: "number",
    description: "Seconds to keep checking until forward and reverse agree",
    default: 300,
  },
} as const satisfies ConfigSchema;
