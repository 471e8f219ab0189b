/**
 * What each provider takes as plain settings, by the property of the component that holds them (`hetznerRobot: { address }`):
 * the keys of stack config, grouped by the word for the cloud or the DNS host. Loads neither Pulumi nor an SDK.
 */
import type { ConfigSchema } from "./config-schema";
import {
  cloudConfigKeys,
  cloudNames,
  cloudProvider,
  dnsHostConfigKeys,
  dnsHostNames,
  dnsHostProvider,
} from "./find-provider";

export interface ProviderSettingsSchema {
  /** The word in `cloud` or `dns`: `hetzner-robot`. */
  readonly word: string;
  /** The property: `hetznerRobot`. */
  readonly property: string;
  /** As people write it. */
  readonly title: string;
  /** The keys of the cloud and those of the DNS host. */
  readonly keys: ConfigSchema;
}

/** Of every cloud and DNS host that takes any setting, in the order of the registry. */
export const settingsSchemas: readonly ProviderSettingsSchema[] = [...new Set([...cloudNames, ...dnsHostNames])]
  .map((word) => ({
    word,
    property: propertyOf(word),
    title: (cloudProvider(word)?.cloud ?? dnsHostProvider(word)?.dns)?.capabilities.title ?? word,
    keys: { ...dnsHostConfigKeys(word), ...cloudConfigKeys(word) },
  }))
  .filter(({ keys }) => Object.keys(keys).length > 0);

/** The property of the component for a provider's word: names with a hyphen are no identifiers. */
export function propertyOf(word: string): string {
  return word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
