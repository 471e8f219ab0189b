import type { ConfigReader } from "../../providers/config-schema";

/** A stack's config as plain values; what is not given is not set. */
export function configOf(values: Readonly<Record<string, unknown>>): ConfigReader {
  return {
    name: "fcrdns",
    text: (key) => (values[key] === undefined || values[key] === "" ? undefined : String(values[key])),
    structure: <T extends object>(key: string) => values[key] as T | undefined,
    number: (key) => values[key] as number | undefined,
    textInput: (key) => values[key] as string | undefined,
    numberInput: (key) => values[key] as number | undefined,
  };
}
