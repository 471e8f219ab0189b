import * as pulumi from "@pulumi/pulumi";
import { loadedProvider } from "../dynamic/loaded-provider";
import { isRestApiName, type RestApiName } from "./apis";
import { configInTheClear } from "./config-in-the-clear";

export interface RestPtrArgs {
  /** Whose API, for example `hetzner-robot`; docs/rest-providers.md lists them. */
  readonly provider: pulumi.Input<RestApiName>;
  /** The address, in any spelling. Another address is another PTR: the resource is replaced. */
  readonly address: pulumi.Input<string>;
  /** What the PTR says; changed in place. */
  readonly hostname: pulumi.Input<string>;
  /** Address of the API, without final slash. @default the vendor's */
  readonly endpoint?: pulumi.Input<string>;
  /** Address that hands out tokens, for the APIs that have one. @default the vendor's */
  readonly tokenEndpoint?: pulumi.Input<string>;
  /**
   * What some APIs also need, such as the number of the server or the IPv6 range that the address is in;
   * docs/clouds.md lists them with the config keys of each cloud.
   */
  readonly settings?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** How often one request is sent before it counts as failed. @default 5 */
  readonly tries?: number;
  /** Seconds that one request may take. @default 30 */
  readonly timeoutSeconds?: number;
}

/**
 * The PTR of one address at a provider that has an API for it, but no Pulumi resource.
 *
 * Secrets are never arguments: set them as `pulumi config set --secret hostinger:token` (each provider's keys are in
 * `docs/rest-providers.md`), or in the environment. A missing one fails the preview, before anything exists.
 *
 * `pulumi refresh` reads the PTR back from the API; deleting the resource deletes the PTR, or puts back the one that was
 * there before where the API cannot delete.
 *
 * @example
 * new RestPtr("ptr", { provider: "hetzner-robot", address: "203.0.113.7", hostname: "mail.example.com" });
 */
export class RestPtr extends pulumi.CustomResource {
  /** Canonical text. */
  declare public readonly address: pulumi.Output<string>;
  /** The PTR, lower case, no final dot. */
  declare public readonly hostname: pulumi.Output<string>;
  declare public readonly provider: pulumi.Output<RestApiName>;
  /** The PTR before; null where there was none. */
  declare public readonly previous: pulumi.Output<string | null>;

  public constructor(name: string, args: RestPtrArgs, options: pulumi.CustomResourceOptions = {}) {
    const api = typeof args.provider === "string" && isRestApiName(args.provider) ? args.provider : undefined;
    const problems = api === undefined ? [] : configInTheClear(api);
    if (problems.length > 0) {
      const lines = problems.map(({ argument, message, fix }) => `  ${argument} ${message}.\n    Fix: ${fix}.`);
      throw new pulumi.RunError(`The PTR ${name} was not made.\n${lines.join("\n")}`);
    }
    super(
      "pulumi-nodejs:dynamic/rest-ptr:RestPtr",
      name,
      { previous: undefined, ...args, __provider: loadedProvider("providers/internal/rest/provider") },
      // The late deletion of a replaced one would erase the PTR that was just set.
      { deleteBeforeReplace: true, ...options },
    );
  }
}
