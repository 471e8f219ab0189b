/** `docs/rest-providers.md` from the table of APIs. */
import { restApis } from "../providers/internal/rest/apis";
import type { RestApi } from "../providers/internal/rest/rest-api";

/** The page's whole text. */
export function text(): string {
  return [
    "<!-- Generated from providers/*/api.ts: change it there. -->",
    "# PTRs by REST",
    "",
    "These providers have an API for PTRs, but no Pulumi resource. `RestPtr` is one: changed in place, read back by",
    "`pulumi refresh`, retried on 429 and 5xx as Retry-After says. Each has a cloud for `SendingIp` as well, for an address",
    "that the provider assigned to you.",
    "",
    "Only what the vendor documents counts as an answer: the page of a proxy or of a network's sign-in is an error. A change",
    "counts as done when the API shows it; it is looked at for half a minute, then `pulumi up` fails and says what is still",
    "there. In one run a credential that was refused is not sent again, and a token is fetched once for all addresses.",
    "",
    "Secrets are never arguments: they are read from the stack's secret config at the moment of use, or else from the",
    "environment, and are part of no input, output or error. Pulumi keeps the stack's config with the provider of every",
    "dynamic resource in the state, secrets encrypted: set them with `--secret`, never without.",
    "",
    "```sh",
    "pulumi config set --secret hostinger:token",
    "```",
    "",
    "| provider | word | secret config | environment | API |",
    "|---|---|---|---|---|",
    ...Object.entries(restApis).map(([name, api]) => row(name, api)),
    "",
  ].join("\n");
}

function row(name: string, { title, endpoint, credentials }: RestApi): string {
  const sets = (key: "config" | "environment") =>
    credentials.map((set) => set.map((credential) => `\`${credential[key]}\``).join(", ")).join(" or ");
  return `| ${title} | \`${name}\` | ${sets("config")} | ${sets("environment")} | ${endpoint} |`;
}
