/** The providers by the words used in stack config. Loads neither Pulumi nor an SDK. */
import type { ConfigSchema } from "./config-schema";
import type { DnsHostCapabilities } from "./dns-host";
import type { CredentialFacts, ProviderFacts } from "./provider";
import * as registry from "./registry";

/** What is known of every provider, in the order of the registry. */
export const providers: readonly ProviderFacts[] = Object.values(registry);

/** The word of cloud and DNS host where stack config gives none. */
export const defaultProvider: string = providers.find(({ isDefault }) => isDefault)?.name ?? "";

const clouds = new Map(providers.flatMap((facts) => (facts.cloud ? [[facts.name, facts] as const] : [])));
const dnsHosts = new Map(providers.flatMap((facts) => (facts.dns ? [[dnsHostWord(facts), facts] as const] : [])));

export const cloudNames: readonly string[] = [...clouds.keys()];
export const dnsHostNames: readonly string[] = [...dnsHosts.keys()];

/** The npm package that a cloud needs; null: none. */
export function cloudSdk(name: string): string | null {
  return clouds.get(name)?.sdk ?? null;
}

/** The npm package that a DNS host needs; null: none. */
export function dnsHostSdk(name: string): string | null {
  return dnsHosts.get(name)?.sdk ?? null;
}

/** The word of a provider's DNS host in stack config. */
export function dnsHostWord({ name, dns }: ProviderFacts): string {
  return dns?.word ?? name;
}

/** The Pulumi package of a provider's resources: `@ovhcloud/pulumi-ovh` is `ovh`. @default the provider's name */
export function pulumiPackage({ sdk, name }: ProviderFacts): string {
  return sdk?.replace(/^.*\/(?:pulumi-)?/, "") ?? name;
}

/** How the plugin of a Pulumi package is given its credentials; undefined: it needs none. */
export function credentialsOf(packageName: string): CredentialFacts | undefined {
  return providers.find((facts) => pulumiPackage(facts) === packageName)?.credentials;
}

/** Keys of stack config that a cloud reads. */
export function cloudConfigKeys(name: string): ConfigSchema {
  return clouds.get(name)?.cloud?.configKeys ?? {};
}

/** Keys of stack config that a DNS host reads beside `zone`. */
export function dnsHostConfigKeys(name: string): ConfigSchema {
  return dnsHosts.get(name)?.dns?.configKeys ?? {};
}

/** What the DNS host can do, whatever the config says. */
export function dnsHostCapabilities(name: string): DnsHostCapabilities | undefined {
  return dnsHosts.get(name)?.dns?.capabilities;
}

/** The provider whose cloud is called `name`. */
export function cloudProvider(name: string): ProviderFacts | undefined {
  return clouds.get(name);
}

/** The provider whose DNS host is called `name`. */
export function dnsHostProvider(name: string): ProviderFacts | undefined {
  return dnsHosts.get(name);
}

/**
 * The Pulumi packages of a cloud and a DNS host, and of the DNS hosts that the cloud uses.
 * @param settingOf what is set for a key of the cloud
 */
export function usedPackages(cloud: string, dns: string, settingOf: (key: string) => string | undefined): string[] {
  const byCloud = Object.entries(cloudConfigKeys(cloud)).flatMap(([key, { type, default: fallback }]) =>
    type === "dnsHost" ? [settingOf(key) ?? String(fallback)] : [],
  );
  const used = [cloudProvider(cloud), ...[dns, ...byCloud].map(dnsHostProvider)];
  return used.flatMap((facts) => (facts === undefined ? [] : [pulumiPackage(facts)]));
}
