/**
 * Stack config as `Pulumi.yaml` documents it: the CLI demands a default for every documented key, so an empty text, list
 * or object there means "not set".
 */
import type * as pulumi from "@pulumi/pulumi";

export interface ConfigReader {
  readonly name: string;
  /** The text of a key; undefined when it is not set or empty. */
  text(key: string): string | undefined;
  /** A list or object of a key; undefined when it is not set or empty. */
  structure<T extends object>(key: string): T | undefined;
  /** A number of a key; undefined when it is not set. */
  number(key: string): number | undefined;
  /** A secret of a key, for arguments that stay secret; undefined when it is not set. */
  secret(key: string): pulumi.Output<string> | undefined;
}

export function configReader(config: pulumi.Config): ConfigReader {
  const text = (key: string): string | undefined => config.get(key)?.trim() || undefined;
  return {
    name: config.name,
    text,
    structure: <T extends object>(key: string) => {
      const value = text(key) === undefined ? undefined : config.getObject<T>(key);
      return value === undefined || Object.keys(value).length === 0 ? undefined : value;
    },
    number: (key) => (text(key) === undefined ? undefined : config.getNumber(key)),
    secret: (key) => config.getSecret(key),
  };
}
