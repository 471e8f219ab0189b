/** Where an API's secrets come from: the stack's secret config first, the environment second; never the program. */
import type { Credential, Credentials, RestApi } from "./rest-api";

export interface CredentialSources {
  /** A value of the stack's config by its full key, `hostinger:token`. */
  readonly config: (key: string) => string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type FoundCredentials =
  | { readonly ok: true; readonly credentials: Credentials }
  /** One sentence: what is missing, and how to set it. */
  | { readonly ok: false; readonly problem: string };

/** The first set of credentials that is complete. */
export function findCredentials(api: RestApi, sources: CredentialSources): FoundCredentials {
  for (const set of api.credentials) {
    const found = set.flatMap((credential) => {
      const value = credentialValue(credential, sources);
      return value === undefined ? [] : [[credential.name, value] as const];
    });
    if (found.length === set.length) return { ok: true, credentials: Object.fromEntries(found) };
  }
  const [recommended = []] = api.credentials;
  const missing = recommended.filter((credential) => credentialValue(credential, sources) === undefined);
  const commands = missing.map(({ config }) => `\`pulumi config set --secret ${config}\``).join(", ");
  const variables = missing.map(({ environment }) => environment).join(", ");
  return {
    ok: false,
    problem:
      `no credentials for ${api.title}: ${missing.map(({ name }) => name).join(", ")} ${missing.length === 1 ? "is" : "are"} missing. ` +
      `Fix: run ${commands} (or set ${variables} in the environment)`,
  };
}

function credentialValue({ config, environment }: Credential, sources: CredentialSources): string | undefined {
  // A token pasted with its line break is the usual reason for a header that cannot be sent.
  const value = (sources.config(config) ?? sources.environment[environment])?.trim();
  return value === "" ? undefined : value;
}
