/** The program's own keys of stack config; a provider's keys are in its facts. Loads no Pulumi. */
import type { ConfigSchema } from "../providers/config-schema";
import { defaultProvider } from "../providers/find-provider";

export const programKeys = {
  hostname: {
    type: "text",
    description: "The name that the mail server gives in EHLO and that the PTR will have, for example mail.example.com",
    required: true,
    example: "mail.example.com",
  },
  zone: {
    type: "text",
    description: "The DNS zone that holds the host name, by its name at the DNS host; it is never guessed",
    required: true,
    example: "example.com",
  },
  helo: {
    type: "text",
    description: "What the mail server says in EHLO, where that is not the host name",
  },
  cloud: {
    type: "text",
    description: "Where the address comes from, a name from docs/clouds.md",
    default: defaultProvider,
  },
  dns: {
    type: "dnsHost",
    description: "Where A and AAAA are published, a name from docs/clouds.md",
    default: defaultProvider,
  },
  ipv6: {
    type: "text",
    description: "Send over IPv6 too: auto (if the cloud can set its PTR and allows SMTP), true or false",
    default: "auto",
  },
  ttl: {
    type: "number",
    description: "Time to live of A and AAAA in seconds; 0 leaves it to the DNS host",
    default: 0,
  },
  protect: {
    type: "boolean",
    description: "Refuse to delete the address, its A and AAAA and its PTR, also in pulumi destroy",
    default: false,
  },
  retainOnDelete: {
    type: "boolean",
    description: "Keep the address, its A and AAAA and its PTR when they are removed from the stack",
    default: false,
  },
  formerHostnames: {
    type: "text",
    description: "Earlier host names of the address, separated by commas; their A and AAAA stay (docs/recovery.md)",
  },
  mx: {
    type: "boolean",
    description: "Publish MX and SPF of the zone, only after the address is verified",
    default: false,
  },
  mta: {
    type: "text",
    description:
      "The mail server whose configuration becomes the output mtaConfig once the address is verified: postfix, exim ... (docs/senders.md)",
  },
  bindAddress: {
    type: "text",
    description: "The machine's private IPv4 address, where the cloud translates the public one; read with mta",
  },
  verify: {
    type: "text",
    description:
      "Who fails the run when an address does not round-trip: program (pulumi up waits, also without the policy pack) or gate (the policy pack alone)",
    default: "program",
  },
} as const satisfies ConfigSchema;
