/**
 * The IPv6 PTR of a machine that exists: Google's plugin sets it when it makes the machine and never changes it. A run that
 * took the update for done would delete the records of the old name, which is still the PTR. So the update is refused once
 * the new name has the address; the PTR is then changed with `gcloud`, and the next run goes on from there.
 */
import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { sameName, verify } from "../../fcrdns/index";
import type { DnsSettings } from "../../fcrdns/settings";
import type { ReverseRequest } from "../cloud";
import { asksDns } from "../internal/asks-dns";
import { dnsSettings } from "../internal/dns-settings";
import { promiseOf } from "../internal/promise-of";
import { UserError } from "../internal/user-error";

/** What the plugin shows of a machine, and what it takes. */
interface Machine {
  readonly name?: string;
  readonly project?: string;
  readonly zone?: string;
  readonly networkInterfaces?: readonly {
    readonly ipv6AccessConfigs?: readonly { readonly externalIpv6?: string; readonly publicPtrDomainName?: string }[];
  }[];
}

/**
 * The options of the machine, whose update is refused if it has to change the IPv6 PTR; unchanged where the program runs
 * against mocks, which know no hooks.
 * @param name the Pulumi name of the machine
 * @param visible resolves when the host name has the IPv6 address
 */
export function refusingIpv6Rename(
  name: string,
  visible: () => ReverseRequest["hostname"] | undefined,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  if (typeof monitor?.registerResourceHook !== "function") {
    return options;
  }
  // The engine calls back from outside of the program.
  const refuse = AsyncResource.bind(async ({ oldOutputs, newInputs }: pulumi.ResourceHookArgs) => {
    const text = ipv6RenameText((oldOutputs ?? {}) as Machine, (newInputs ?? {}) as Machine);
    if (text !== undefined) {
      await promiseOf(pulumi.output(visible()));
      throw new UserError(text);
    }
  });
  const hook = new pulumi.ResourceHook(`fcrdns-ipv6-ptr:${name}`, (args) => refuse(args));
  return { ...options, hooks: { ...options.hooks, beforeUpdate: [...(options.hooks?.beforeUpdate ?? []), hook] } };
}

/**
 * The host name, for a machine whose program is not ours: its PTR is read from DNS, since nothing here knows the machine.
 * @returns rejects where the address has another name that confirms it, which the plugin would leave as it is
 */
export function unlessOtherIpv6Ptr(
  address: pulumi.Input<string>,
  hostname: pulumi.Output<string>,
  settings: DnsSettings = dnsSettings(),
): pulumi.Output<string> {
  return pulumi.all([address, hostname]).apply(async ([ip, name]) => {
    if (!asksDns()) {
      return name;
    }
    const { confirmed } = await verify(ip, { ...settings, mode: "authoritative", deadlineSeconds: 0 });
    const [other] = confirmed;
    if (other !== undefined && !confirmed.some((each) => sameName(each, name))) {
      throw new UserError(
        [
          `The IPv6 PTR of ${ip} is ${other}, and Google's plugin cannot change it to ${name} on an existing machine. The machine was left as it is, and the records of ${other} too.`,
          `  fix       gcloud compute instances update-access-config MACHINE --zone=ZONE --ipv6-public-ptr-domain=${name}.`,
          "            then, as soon as name servers show it, run pulumi up --refresh, which makes the other changes.",
        ].join("\n"),
      );
    }
    return name;
  });
}

/**
 * What to do about an IPv6 PTR that an update would have to change; undefined if it has none to change; pure.
 * @param before the outputs, as the last run or refresh left them
 * @param after the inputs
 */
export function ipv6RenameText(before: Machine, after: Machine): string | undefined {
  const [old] = before.networkInterfaces?.[0]?.ipv6AccessConfigs ?? [];
  const [wanted] = after.networkInterfaces?.[0]?.ipv6AccessConfigs ?? [];
  const ptr = withoutDot(old?.publicPtrDomainName);
  const hostname = withoutDot(wanted?.publicPtrDomainName);
  if (old === undefined || hostname === "" || ptr === hostname) {
    return undefined;
  }
  const { name = "MACHINE", project = "PROJECT", zone = "ZONE" } = before;
  return [
    `The IPv6 PTR of ${name} (${old.externalIpv6}) is ${ptr === "" ? "not set" : ptr}, and Google's plugin cannot change it to ${hostname} on an existing machine. The machine was left as it is${ptr === "" ? "" : `, and the records of ${ptr} too`}.`,
    `  fix       gcloud compute instances update-access-config ${name} --project=${project} --zone=${zone} --ipv6-public-ptr-domain=${hostname}.`,
    "            then run pulumi up --refresh, which sees this change and makes the others.",
  ].join("\n");
}

function withoutDot(name = ""): string {
  return name.replace(/\.$/, "").toLowerCase();
}
