/**
 * Clouds and DNS hosts as stack config describes them. A provider's `cloud.ts` and `dns.ts` are loaded only when they are
 * used: an SDK is big, and one that is not installed must not matter to people who use another.
 */
import type { Cloud } from "./cloud";
import type { ConfigReader } from "./config-schema";
import type { DnsHost, DnsHostOf } from "./dns-host";
import { cloudProvider, dnsHostProvider } from "./find-provider";
import { needSdk } from "./internal/need-sdk";
import { isRestApiName } from "./internal/rest/apis";
import { restCloudFromConfig } from "./internal/rest/rest-cloud";
import { ticketArgsFromConfig, ticketCloud } from "./internal/tickets/ticket-cloud";
import { loaders } from "./loaders";
import type { ProviderFacts } from "./provider";

/**
 * The cloud called `name`, set up from the stack's config.
 * @throws UserError with the command that installs its SDK, when it is not installed
 */
export function cloudFromConfig(name: string, config: ConfigReader): Cloud | undefined {
  const facts = cloudProvider(name);
  if (facts === undefined) return undefined;
  const dnsHostOf: DnsHostOf = (word, zone) =>
    dnsHostFromConfig(word, { ...config, text: (key) => (key === "zone" ? zone : config.text(key)) });
  const { ticket, cloud } = facts;
  const { fromConfig } = load<Cloud>(facts, "cloud", `cloud ${name}`);
  if (fromConfig !== undefined) return fromConfig(config, dnsHostOf);
  // Made of an API or a ticket.
  if (cloud !== undefined && isRestApiName(name)) return restCloudFromConfig(name, cloud.capabilities, config);
  return ticket && ticketCloud(ticket)(ticketArgsFromConfig(config));
}

/**
 * The DNS host called `name`, set up from the stack's config.
 * @throws UserError with the command that installs its SDK, when it is not installed
 */
export function dnsHostFromConfig(name: string, config: ConfigReader): DnsHost | undefined {
  const facts = dnsHostProvider(name);
  return facts && load<DnsHost>(facts, "dns", `dns ${name}`).fromConfig?.(config);
}

function load<Made>(
  { name, sdk }: ProviderFacts,
  file: "cloud" | "dns",
  by: string,
): { readonly fromConfig?: (config: ConfigReader, dnsHostOf?: DnsHostOf) => Made } {
  try {
    return (loaders[`${name}/${file}`]?.() ?? {}) as ReturnType<typeof load<Made>>;
  } catch (error) {
    // In a word, where Node or a compiler complains about every import. In a bundle the SDK is there without being installed.
    if (sdk !== undefined) needSdk(sdk, by);
    throw error;
  }
}
