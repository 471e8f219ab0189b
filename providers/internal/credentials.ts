/**
 * Whether the plugins have credentials, as each provider's facts say what counts as set. Checked before anything is made, because a plugin without credentials fails late, once for each resource, and without the next command.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { credentialsOf } from "../find-provider";
import type { CredentialFacts } from "../provider";
import { UserError } from "./user-error";

/** Where credentials may come from. */
export interface CredentialSources {
  /** A value of the stack's config by its full key, `hcloud:token`. */
  readonly config: (key: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

/** The packages, of those given, for which no credentials are set anywhere. */
export function withoutCredentials(packages: readonly string[], sources: CredentialSources): CredentialFacts[] {
  const isGiven = (key: string): boolean => Boolean(key.includes(":") ? sources.config(key) : sources.env[key]);
  const isSet = (keys: string): boolean => keys.split("|").some(isGiven);
  return [...new Set(packages)].flatMap((name) => {
    const facts = credentialsOf(name);
    if (facts?.anyOf === undefined) {
      return [];
    }
    const given = facts.anyOf.some((set) => set.every(isSet)) || facts.files?.some(sources.exists);
    return given ? [] : [facts];
  });
}

/**
 * Refuses to go on without credentials for the plugins that the program is going to use.
 * @throws UserError naming each provider with the command that sets its credentials
 */
export function requireCredentials(packages: readonly string[], sources = credentialsHere()): void {
  const lacking = lackingCredentials(packages, sources);
  if (lacking !== undefined) {
    throw new UserError(`${lacking}\nNothing was created or changed.`);
  }
}

/** What is said of each provider without credentials, with the command that sets them; undefined when none lacks them. */
export function lackingCredentials(packages: readonly string[], sources = credentialsHere()): string | undefined {
  const lines = withoutCredentials(packages, sources).map(
    ({ title, needs, commands }) => `${title} needs ${needs}, and none is set.\n  Fix: ${commands.join("; ")}`,
  );
  return lines.length === 0 ? undefined : lines.join("\n");
}

function credentialsHere(): CredentialSources {
  return {
    config: (key) => pulumi.runtime.getConfig(key),
    env: process.env,
    exists: (file) => {
      const named = file
        .replace(/^~/, () => homedir())
        .replace(/^\$(\w+)/, (_, name: string) => process.env[name] ?? "");
      return existsSync(named) || existsSync(join(process.cwd(), file));
    },
  };
}
