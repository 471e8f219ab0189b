/** A record that exists already and is not in the stack: what the DNS host said, what it means, the next command. */
import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { DnsHost, RecordSet } from "../../dns-host";

/**
 * Explains the refusal beside the provider's own words; nothing where the program runs against mocks, which know no hooks.
 * @param name the Pulumi name of the record's resource
 * @param onRefused called when the record could not be made, whatever the reason
 */
export function explainExisting(
  name: string,
  dns: Pick<DnsHost, "zone" | "capabilities">,
  record: Pick<RecordSet, "owner" | "type">,
  parent: pulumi.Resource | undefined,
  onRefused?: () => void,
): pulumi.ResourceHookBinding {
  const monitor = pulumi.runtime.getMonitor() as { registerErrorHook?: unknown } | undefined;
  if (typeof monitor?.registerErrorHook !== "function") {
    return {};
  }
  // The engine calls back from outside of the program; what is logged there must still find the way to it.
  const tell = AsyncResource.bind(async ({ errors, failedOperation }: pulumi.ErrorHookArgs) => {
    if (failedOperation === "create" && saysItExists(dns, errors[0] ?? "")) {
      await pulumi.log.error(existingText(name, dns, record), parent);
    }
    onRefused?.();
    return false;
  });
  return { onError: [new pulumi.ErrorHook(`fcrdns-existing:${name}`, (args) => tell(args))] };
}

/** Whether the provider refuses to create a record because it exists already. */
export function saysItExists({ capabilities }: Pick<DnsHost, "capabilities">, error: string): boolean {
  return (capabilities.records?.refusedWith ?? /already exists/i).test(error);
}

/** What to do about a record that exists already. */
export function existingText(
  name: string,
  { zone, capabilities }: Pick<DnsHost, "zone" | "capabilities">,
  record: Pick<RecordSet, "owner" | "type">,
): string {
  const { importing } = capabilities.records ?? {};
  const what = `${record.owner} ${record.type}`;
  const id = importing?.id({ ...record, zone });
  const take =
    importing === undefined
      ? [
          `            import it into the stack with pulumi import (docs/recovery.md explains its id at ${capabilities.title}).`,
        ]
      : [
          `            import it into the stack: pulumi import ${importing.type} '${name}' '${id}' --parent 'parent=URN' --protect=false --generate-code=false (URN: that of the SendingIp in pulumi stack --show-urns).`,
        ];
  const canImport = importing === undefined || id !== undefined;
  return [
    `${capabilities.title} already has a record ${what} that is not in this stack; it was left as it is.`,
    `  fix       if it is yours (left by an interrupted run or entered by hand), delete it there and run pulumi up again${canImport ? ", or" : "."}`,
    ...(canImport ? take : []),
    "            If it belongs to something else, choose another host name.",
  ].join("\n");
}
