/**
 * Vultr's plugin drops a record from the state on any error in reading it (terraform-provider-vultr,
 * `vultr/resource_vultr_dns_records.go`, 2026-11-21): a refresh in which the API answers 403 makes the next `up` publish the
 * record once more. Twice the same A or MX does no harm; a second SPF record is an error for every receiver (RFC 7208
 * section 4.5). So DNS is asked before an SPF record is created, and only then: a change of its text is an update.
 */
import { AsyncResource } from "node:async_hooks";
import { promises as dns } from "node:dns";
import * as pulumi from "@pulumi/pulumi";
import { isWithin } from "../../fcrdns/ask/domain-tree";
import { forTerminal } from "../../fcrdns/report/escape";
import type { DnsSettings } from "../../fcrdns/settings";
import type { RecordSet } from "../dns-host";
import { dnsSettings } from "../internal/dns-settings";
import { UserError } from "../internal/user-error";

/** Gives all texts of a name; rejects as Node's resolver does. */
export type ReadTexts = (owner: string) => Promise<string[][]>;

/** Codes of Node's resolver for "there is no such record". */
const NONE = ["ENOTFOUND", "ENODATA"];

/**
 * The hook for the options of a TXT record; nothing for other types, and where the program runs against mocks, which know
 * no hooks.
 */
export function withoutSecondSpf(
  name: string,
  { owner, type }: Pick<RecordSet, "owner" | "type">,
  value: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  if (type !== "TXT" || typeof monitor?.registerResourceHook !== "function") {
    return options;
  }
  const readTexts = readerOf(dnsSettings());
  // The engine calls back from outside of the program.
  const check = AsyncResource.bind(async () => {
    const text = await new Promise<string>((resolve) => pulumi.output(value).apply(resolve));
    const refused = await whyNotSpf(owner, text, readTexts);
    if (refused !== undefined) {
      throw new UserError(refused);
    }
  });
  const hook = new pulumi.ResourceHook(`fcrdns-second-spf:${name}`, () => check());
  const { beforeCreate = [] } = options.hooks ?? {};
  return { ...options, hooks: { ...options.hooks, beforeCreate: [...beforeCreate, hook] } };
}

/** What stands against publishing `text`; undefined when nothing does. */
export async function whyNotSpf(owner: string, text: string, readTexts: ReadTexts): Promise<string | undefined> {
  if (!isSpf(text)) {
    return undefined;
  }
  let texts: string[];
  try {
    texts = (await readTexts(owner)).map((strings) => strings.join(""));
  } catch (error) {
    const { code = String(error) } = error as { code?: string };
    return NONE.includes(code)
      ? undefined
      : `${owner} TXT could not be looked up (${code}), so no SPF record was created: a second one would be an error for every receiver.\n  Fix: run pulumi up again when DNS answers`;
  }
  const [there] = texts.filter(isSpf);
  return there === undefined
    ? undefined
    : [
        `${owner} already has an SPF record, so no second one was created, which would be an error for every receiver: ${forTerminal(there.slice(0, 300))}`,
        "  Fix: delete it in Vultr's panel (DNS, the domain, the TXT record), wait for its TTL and run pulumi up again.",
        "  If an earlier pulumi up made it: Vultr's plugin forgets a record that a refresh could not read.",
      ].join("\n");
}

/** RFC 7208 section 4.5. */
function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

function readerOf(settings: DnsSettings): ReadTexts {
  const { timeoutSeconds = 2, tries = 2 } = settings;
  return (owner) => {
    const resolver = new dns.Resolver({ timeout: timeoutSeconds * 1000, tries });
    const servers = serversFor(owner, settings);
    if (servers.length > 0) {
      resolver.setServers(servers);
    }
    return resolver.resolveTxt(owner);
  };
}

/** The stub of the nearest zone, or else the resolvers; nobody: the system's. */
function serversFor(owner: string, { stubs = {}, resolvers = [] }: DnsSettings): string[] {
  const [nearest] = Object.entries(stubs)
    .map(([zone, server]) => ({ zone: zone.toLowerCase().replace(/(.)\.$/, "$1"), server }))
    .filter(({ zone }) => isWithin(owner, zone))
    .sort((one, other) => other.zone.length - one.zone.length);
  return [nearest?.server ?? resolvers].flat();
}
