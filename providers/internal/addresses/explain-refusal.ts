/** An address that could not be made, for a reason that the stack's config settles: the next command, beside the provider's words. */
import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { credentialsOf } from "../../find-provider";
import { isAboutCredentials } from "../look-up";

/**
 * Explains the refusal; nothing where the program runs against mocks, which know no hooks.
 * @param name prefix of the addresses' Pulumi names
 * @param title the cloud as people write it
 * @param resource where the explanation is shown
 */
export function explainRefusal(name: string, title: string, resource: pulumi.Resource): pulumi.ResourceHookBinding {
  const monitor = pulumi.runtime.getMonitor() as { registerErrorHook?: unknown } | undefined;
  if (typeof monitor?.registerErrorHook !== "function") {
    return {};
  }
  // The engine calls back from outside of the program; what is logged there must still find the way to it.
  const tell = AsyncResource.bind(async ({ errors, failedOperation, type }: pulumi.ErrorHookArgs) => {
    const text =
      failedOperation === "create" ? refusalText(title, type.split(":")[0] ?? "", errors[0] ?? "") : undefined;
    if (text !== undefined) {
      await pulumi.log.error(text, resource);
    }
    return false;
  });
  return { onError: [new pulumi.ErrorHook(`fcrdns-no-address:${name}`, (args) => tell(args))] };
}

/** As the clouds say it: "invalid region for Droplet creation", "Unknown region", "LocationNotAvailableForResourceType". */
const PLACE =
  /\b(?:invalid|unknown)\b.{0,40}(?:region|location)|(?:region|location).{0,80}(?:not (?:found|valid|available)|invalid|unavailable)|LocationNotAvailable/is;

/**
 * What settles it; undefined where nothing in the config does; pure.
 * @param packageName the Pulumi package of what was to be made
 * @param error the provider's words
 */
export function refusalText(title: string, packageName: string, error: string): string | undefined {
  if (PLACE.test(error)) {
    return `${title} does not have this region, or has no addresses there; no address was created.\n  Fix: set another one: pulumi config set location LOCATION`;
  }
  const facts = credentialsOf(packageName);
  return facts !== undefined && isAboutCredentials(error)
    ? `${title} refused to create the address.\n  Fix: set ${facts.needs} with permission to create it: ${facts.commands.join("; ")}`
    : undefined;
}
