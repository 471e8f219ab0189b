/** `docs/rest-providers.md` from the table of APIs. */
import { restApis } from "../providers/internal/rest/apis";
import type { RestApi } from "../providers/internal/rest/rest-api";

/** The page's whole text. */
export function text(): string {
  return [
    "<!-- Generated from providers/*/api.ts: change it there. -->",
    "# PTRs by REST",
    "",
    "These providers have an API for PTRs but no Pulumi resource. `RestPtr` is that resource: it is updated in place, read by",
    "`pulumi refresh`, and retried on 429 and 5xx as Retry-After says. Each provider also has a cloud for `SendingIp`, for an",
    "address that the provider has assigned to you.",
    "",
    "Only an answer that the vendor documents is accepted; the page of a proxy or of a network's sign-in is an error. A change is",
    "complete when the API shows it. If it does not within half a minute, `pulumi up` fails and shows the current value. Within",
    "one run, a rejected credential is not sent again, and a token is fetched once for all addresses.",
    "",
    "Secrets are never arguments. They are read when they are used, from the stack's secret config or else from the environment,",
    "and never appear in inputs, outputs or errors. Pulumi stores the stack's config in the state, with the provider of every",
    "dynamic resource; secrets are encrypted there. Always set them with `--secret`.",
    "",
    "```sh",
    "pulumi config set --secret hostinger:token",
    "```",
    "",
    "| provider | name | secret config | environment | API |",
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
