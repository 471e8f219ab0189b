/**
 * Stack config as `Pulumi.yaml` documents it: the CLI requires a default for every documented key, so an empty text, list
 * or object there means "not set".
 */
import type * as pulumi from "@pulumi/pulumi";
import type { ConfigReader } from "../config-schema";

export function configReader(config: pulumi.Config): ConfigReader {
  const text = (key: string): string | undefined => config.get(key)?.trim() || undefined;
  const number = (key: string) => (text(key) === undefined ? undefined : config.getNumber(key));
  return {
    name: config.name,
    text,
    structure: <T extends object>(key: string) => {
      const value = text(key) === undefined ? undefined : config.getObject<T>(key);
      return value === undefined || Object.keys(value).length === 0 ? undefined : value;
    },
    number,
    textInput: text,
    numberInput: number,
  };
}
