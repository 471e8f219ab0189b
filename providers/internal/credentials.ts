/**
 * How each provider's plugin is given its credentials: what sets them, and what counts as set. Asked before anything is
 * made, because a plugin without credentials fails late, once for each resource, and without the next command.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { UserError } from "./user-error";

/** Where a plugin's credentials come from. */
export interface CredentialFacts {
  /** As people write it. */
  readonly title: string;
  /** What it needs, for "needs ...". */
  readonly needs: string;
  /** The commands that set it. */
  readonly commands: readonly string[];
  /**
   * Sets of stack config keys and environment variables; one whole set is enough. Absent where the plugin also finds
   * credentials that cannot be seen from here (profiles, metadata servers, the vendor's own command).
   */
  readonly anyOf?: readonly (readonly string[])[];
  /** Files in which the plugin looks as well; `~` is the home folder. */
  readonly files?: readonly string[];
  readonly source: string;
  readonly date: string;
}

/** By Pulumi package. */
export const credentialFacts: Readonly<Record<string, CredentialFacts>> = {
  hcloud: {
    title: "Hetzner Cloud",
    needs: "an API token",
    commands: ["pulumi config set hcloud:token --secret"],
    anyOf: [["hcloud:token"], ["HCLOUD_TOKEN"]],
    source: "github.com/hetznercloud/terraform-provider-hcloud 1.66.1 internal/provider/provider.go",
    date: "2026-11-21",
  },
  digitalocean: {
    title: "DigitalOcean",
    needs: "an API token",
    commands: ["pulumi config set digitalocean:token --secret"],
    anyOf: [["digitalocean:token"], ["DIGITALOCEAN_TOKEN"], ["DIGITALOCEAN_ACCESS_TOKEN"]],
    source: "github.com/digitalocean/terraform-provider-digitalocean 2.96.0 digitalocean/provider.go",
    date: "2026-11-21",
  },
  linode: {
    title: "Linode",
    needs: "an API token",
    commands: ["pulumi config set linode:token --secret"],
    anyOf: [["linode:token"], ["linode:configPath"], ["LINODE_TOKEN"]],
    files: ["~/.config/linode"],
    source: "github.com/linode/terraform-provider-linode docs/index.md",
    date: "2026-11-21",
  },
  vultr: {
    title: "Vultr",
    needs: "an API key",
    commands: ["pulumi config set vultr:apiKey --secret"],
    anyOf: [["vultr:apiKey"], ["VULTR_API_KEY"]],
    source: "@ediri/vultr 2.21.0 provider.js",
    date: "2026-11-21",
  },
  scaleway: {
    title: "Scaleway",
    needs: "an access key and its secret key",
    commands: ["pulumi config set scaleway:accessKey KEY", "pulumi config set scaleway:secretKey --secret"],
    anyOf: [
      ["scaleway:accessKey", "scaleway:secretKey"],
      ["SCW_ACCESS_KEY", "SCW_SECRET_KEY"],
      ["scaleway:accessKey", "SCW_SECRET_KEY"],
      ["SCW_ACCESS_KEY", "scaleway:secretKey"],
      ["scaleway:profile"],
      ["SCW_PROFILE"],
      ["SCW_CONFIG_PATH"],
    ],
    files: ["~/.config/scw/config.yaml"],
    source: "@pulumiverse/scaleway 1.54.0 provider.js; github.com/scaleway/scaleway-sdk-go scw/env.go",
    date: "2026-11-21",
  },
  ovh: {
    title: "OVHcloud",
    needs: "API credentials",
    commands: [
      "pulumi config set ovh:endpoint ovh-eu",
      "pulumi config set ovh:applicationKey --secret",
      "pulumi config set ovh:applicationSecret --secret",
      "pulumi config set ovh:consumerKey --secret",
    ],
    anyOf: [
      ["ovh:applicationKey", "ovh:applicationSecret"],
      ["ovh:clientId", "ovh:clientSecret"],
      ["ovh:accessToken"],
      ["OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET"],
      ["OVH_CLIENT_ID", "OVH_CLIENT_SECRET"],
      ["OVH_ACCESS_TOKEN"],
    ],
    files: ["ovh.conf", "~/.ovh.conf", "/etc/ovh.conf"],
    source: "github.com/ovh/go-ovh ovh/configuration.go",
    date: "2026-11-21",
  },
  cloudflare: {
    title: "Cloudflare",
    needs: "an API token",
    commands: ["pulumi config set cloudflare:apiToken --secret"],
    anyOf: [
      ["cloudflare:apiToken"],
      ["cloudflare:apiKey"],
      ["cloudflare:apiUserServiceKey"],
      ["CLOUDFLARE_API_TOKEN"],
      ["CLOUDFLARE_API_KEY"],
      ["CLOUDFLARE_API_USER_SERVICE_KEY"],
    ],
    source: "github.com/cloudflare/terraform-provider-cloudflare v5 docs/index.md",
    date: "2026-11-21",
  },
  gandi: {
    title: "Gandi",
    needs: "a personal access token",
    commands: ["pulumi config set gandi:personalAccessToken --secret"],
    anyOf: [["gandi:personalAccessToken"], ["gandi:key"], ["GANDI_PERSONAL_ACCESS_TOKEN"], ["GANDI_KEY"]],
    source: "github.com/go-gandi/terraform-provider-gandi gandi/provider.go",
    date: "2026-11-21",
  },
  aws: {
    title: "AWS",
    needs: "credentials",
    commands: ["aws sso login (or set AWS_PROFILE)", "pulumi config set aws:region REGION"],
    source: "https://www.pulumi.com/registry/packages/aws/installation-configuration/",
    date: "2026-11-21",
  },
  "azure-native": {
    title: "Azure",
    needs: "credentials",
    commands: ["az login", "pulumi config set azure-native:subscriptionId ID"],
    source: "https://www.pulumi.com/registry/packages/azure-native/installation-configuration/",
    date: "2026-11-21",
  },
  gcp: {
    title: "Google Cloud",
    needs: "credentials",
    commands: ["gcloud auth application-default login", "pulumi config set gcp:project PROJECT"],
    source: "https://www.pulumi.com/registry/packages/gcp/installation-configuration/",
    date: "2026-11-21",
  },
};

/** The world that credentials may come from. */
export interface CredentialSources {
  /** A value of the stack's config by its full key, `hcloud:token`. */
  readonly config: (key: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

/** The packages, of those given, for which no credentials are set anywhere. */
export function withoutCredentials(packages: readonly string[], sources: CredentialSources): CredentialFacts[] {
  const isSet = (key: string): boolean => Boolean(key.includes(":") ? sources.config(key) : sources.env[key]);
  return [...new Set(packages)].flatMap((name) => {
    const facts = credentialFacts[name];
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
  const lacking = withoutCredentials(packages, sources);
  if (lacking.length > 0) {
    const lines = lacking.map(
      ({ title, needs, commands }) => `${title} needs ${needs}, and none is set.\n  Set it: ${commands.join("; ")}`,
    );
    throw new UserError(`${lines.join("\n")}\nNothing was created.`);
  }
}

function credentialsHere(): CredentialSources {
  return {
    config: (key) => pulumi.runtime.getConfig(key),
    env: process.env,
    exists: (file) => existsSync(file.replace(/^~/, () => homedir())) || existsSync(join(process.cwd(), file)),
  };
}
