/** What Pulumi's dynamic provider needs where the program is in another language. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { cloudProvider } from "../../providers/find-provider";
import { UserError } from "../../providers/internal/user-error";

/**
 * A PTR that is set by an API without a Pulumi resource, and a ticket, are resources of Pulumi's dynamic provider. The engine
 * starts it in the program's folder, and there it looks for Pulumi's SDK of Node.
 * @param folder of the program
 * @throws UserError with the command that installs it, before anything is created
 */
export function needDynamicProvider(cloud: unknown, folder: string): void {
  const capabilities = typeof cloud === "string" ? cloudProvider(cloud)?.cloud?.capabilities : undefined;
  if (capabilities === undefined) return;
  const { 4: v4, 6: v6 } = capabilities.reverse;
  if (![v4, v6].some(({ how }) => how === "rest" || how === "ticket")) return;
  try {
    createRequire(join(folder, "Pulumi.yaml")).resolve("@pulumi/pulumi/cmd/dynamic-provider");
  } catch {
    throw new UserError(
      `${capabilities.title} has no Pulumi resource for PTRs; Pulumi's dynamic provider sets or requests them, and it looks for its own code in the program's folder, where it is not installed; nothing was created or changed.\n` +
        `  Fix: run npm install @pulumi/pulumi in ${folder}`,
    );
  }
}
