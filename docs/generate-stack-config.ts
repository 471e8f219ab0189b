/** The part `config` of `Pulumi.yaml`, from what program and providers declare. What stands above it is written by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DeclaredKey, declaredKeys } from "./declared-keys";

export const file = "Pulumi.yaml";

const COMMENTS: Readonly<Record<DeclaredKey["part"], string>> = {
  program:
    "# Generated from components/program-keys.ts and the facts of each provider: change it there, then `npm run docs`.",
  providers: "# Keys of the clouds and DNS hosts; docs/clouds.md has the details.",
  "DNS settings":
    "# DNS servers to query. By default: every name server of both zones from the root down, then the system's resolvers.",
};

export function text(): string {
  const [byHand = ""] = readFileSync(join(__dirname, "..", file), "utf8").split(/^config:$/m);
  const keys = declaredKeys();
  const parts = (["program", "providers", "DNS settings"] as const).flatMap((part) => [
    `  ${COMMENTS[part]}`,
    ...keys.filter((key) => key.part === part).flatMap(entry),
  ]);
  return `${byHand}config:\n${parts.join("\n")}\n`;
}

function entry({ key, type, description, default: fallback }: DeclaredKey): string[] {
  return [`  ${key}:`, ...typeAndDefault(type, fallback), `    description: ${scalar(description)}`];
}

/** The CLI wants a default for every key. There is no empty number, so a number without default is a text there. */
function typeAndDefault(type: DeclaredKey["type"], fallback: DeclaredKey["default"]): string[] {
  switch (type) {
    case "object":
      return ["    type: object", "    default: {}"];
    case "list":
      return ["    type: array", "    items: { type: string }", "    default: []"];
    case "number":
      return fallback === undefined
        ? ["    type: string", '    default: ""']
        : ["    type: integer", `    default: ${fallback}`];
    case "boolean":
      return ["    type: boolean", `    default: ${fallback === true}`];
    default:
      return ["    type: string", `    default: ${fallback ?? '""'}`];
  }
}

/** Plain where YAML reads it as one text, quoted elsewhere. */
function scalar(text: string): string {
  return /^[A-Za-z][^#]*$/.test(text) && !text.includes(": ") ? text : JSON.stringify(text);
}
