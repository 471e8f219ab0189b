/** Every key of stack config, as the program and the providers declare it. */
import { programKeys } from "../components/program-keys";
import { type ConfigKey, type ConfigSchema, sharedConfigKeys } from "../providers/config-schema";
import { cloudConfigKeys, cloudNames, dnsHostConfigKeys, dnsHostNames } from "../providers/find-provider";
import { dnsSettingKeys } from "../providers/internal/dns-setting-keys";

export interface DeclaredKey extends Omit<ConfigKey, "required" | "example"> {
  readonly key: string;
  readonly part: "program" | "providers" | "DNS settings";
}

/** Each key once, in the order of Pulumi.yaml. */
export function declaredKeys(): DeclaredKey[] {
  const own = (part: DeclaredKey["part"], schema: ConfigSchema): DeclaredKey[] =>
    Object.entries(schema).map(([key, { required, ...declared }]) => ({
      ...declared,
      key,
      part,
      description: `${required ? "Required. " : ""}${declared.description}`,
    }));
  return [...own("program", programKeys), ...providerKeys(), ...own("DNS settings", dnsSettingKeys)];
}

/** A key of several providers is described once if the descriptions agree or are shared, otherwise per provider. */
function providerKeys(): DeclaredKey[] {
  const uses = [
    ...cloudNames.flatMap((word) => keysOf(word, cloudConfigKeys(word))),
    ...dnsHostNames.flatMap((word) => keysOf(word, dnsHostConfigKeys(word))),
  ];
  const shared: ConfigSchema = sharedConfigKeys;
  return [...new Set([...Object.keys(shared), ...uses.map(({ key }) => key)])].map((key) => {
    const declared = uses.filter((use) => use.key === key);
    const [first, ...others] = declared;
    if (first === undefined) throw new Error(`no provider reads the shared key ${key}`);
    const odd = others.find(({ type }) => type !== first.type);
    if (odd !== undefined) {
      throw new Error(`${key} is ${first.type} at ${first.word} and ${odd.type} at ${odd.word}: one key has one type`);
    }
    return {
      key,
      part: "providers",
      type: first.type,
      description: capital(shared[key]?.description) ?? byProvider(declared),
    };
  });
}

function capital(text: string | undefined): string | undefined {
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function keysOf(word: string, schema: ConfigSchema) {
  return Object.entries(schema).map(([key, { type, description, default: fallback }]) => ({
    key,
    word,
    type,
    description: fallback === undefined ? description : `${description} (default ${fallback})`,
  }));
}

/** `aws: an Elastic IP that exists`, `cloudflare, route53: id of the zone`. */
function byProvider(uses: readonly { readonly word: string; readonly description: string }[]): string {
  const descriptions = [...new Set(uses.map(({ description }) => description))];
  return descriptions
    .map((description) => {
      const words = uses.filter((use) => use.description === description).map(({ word }) => word);
      return `${[...new Set(words)].join(", ")}: ${description}`;
    })
    .join("; ");
}
