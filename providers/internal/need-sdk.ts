/** A provider's SDK that is not installed is reported in one sentence, before Node or a compiler complains about its files. */
import { isInstalled } from "./is-installed";
import { UserError } from "./user-error";

/**
 * @param sdk npm package: `@pulumi/digitalocean`
 * @param by what needs it
 * @throws UserError with the command that installs it
 */
export function needSdk(sdk: string, by = "This program"): void {
  if (!isInstalled(sdk)) {
    throw new UserError(`${by} needs the package ${sdk}, which is not installed.\n  Fix: npm install ${sdk}`);
  }
}
