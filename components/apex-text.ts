/**
 * The look at the text of the mail domain before an SPF record is made: a domain has one SPF record (RFC 7208 section 4.5,
 * two are a permerror), and at hosts whose resource is the whole set, text that is there already is refused by the host only
 * after everything before it.
 */
import { AsyncResource } from "node:async_hooks";
import { Resolver } from "node:dns/promises";
import * as pulumi from "@pulumi/pulumi";
import { resolversOf } from "../fcrdns/ask/resolvers";
import { forTerminal } from "../fcrdns/report/escape";
import { type DnsSettings, readSettings } from "../fcrdns/settings";
import type { DnsHost } from "../providers/dns-host";
import { asksDns } from "../providers/internal/asks-dns";
import { promiseOf } from "../providers/internal/promise-of";
import { UserError } from "../providers/internal/user-error";

/**
 * Refuses the SPF record, before it is made, where it cannot join what is there. Only when it is made: later the text that
 * DNS shows is the stack's own. Nothing where the program runs against mocks, which know no hooks.
 * @param name the Pulumi name of the SPF record
 * @param spf what it is going to say
 */
export function refusingSecondSpf(
  name: string,
  dns: DnsHost,
  spf: pulumi.Output<string>,
  settings: DnsSettings,
): pulumi.ResourceHookBinding {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  if (typeof monitor?.registerResourceHook !== "function" || !asksDns()) {
    return {};
  }
  const look = AsyncResource.bind(async () => {
    const problem = textProblem(dns, await promiseOf(spf), await textOf(dns.zone, settings));
    if (problem !== undefined) {
      throw new UserError(problem);
    }
  });
  return { beforeCreate: [new pulumi.ResourceHook(`fcrdns-apex-text:${name}`, () => look())] };
}

/**
 * Why the SPF record cannot be made, and what to do; undefined where it can.
 * @param there what the domain's TXT records say now
 */
export function textProblem(
  { zone, capabilities }: Pick<DnsHost, "zone" | "capabilities">,
  spf: string,
  there: readonly string[],
): string | undefined {
  const others = there.filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [other] = others;
  if (other !== undefined && (other !== spf || others.length > 1)) {
    const mechanisms = spf.split(" ").slice(1, -1).join(" ");
    return [
      `${zone} has an SPF record already, and a second one would make both invalid (RFC 7208 section 4.5): no MX and no SPF was published.`,
      ...others.map((text) => `  seen  ${zone} TXT ${forTerminal(text)}`),
      `  next  add ${mechanisms} to that record at ${capabilities.title}, leave fcrdns:mx off (pulumi config set fcrdns:mx false), and enter the MX by hand;`,
      "        or delete that record and run pulumi up again.",
    ].join("\n");
  }
  const { unit, textJoins } = capabilities.records ?? {};
  if (there.length > 0 && unit === "set" && textJoins !== true) {
    return [
      `${zone} has TXT records already, and ${capabilities.title} keeps all of them in one record set, which is not in this stack: no MX and no SPF was published.`,
      ...there.map((text) => `  seen  ${zone} TXT ${forTerminal(text)}`),
      `  next  add the text ${JSON.stringify(spf)} to that set at ${capabilities.title}, leave fcrdns:mx off (pulumi config set fcrdns:mx false), and enter the MX by hand.`,
    ].join("\n");
  }
  return undefined;
}

/** What resolvers say; nothing where nobody answers, for then the DNS host has the last word. */
async function textOf(zone: string, settings: DnsSettings): Promise<string[]> {
  const read = readSettings(settings);
  const servers = resolversOf(read).map(({ address, port }) =>
    address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
  );
  if (servers.length === 0) {
    return [];
  }
  const resolver = new Resolver({ timeout: read.timeoutMs, tries: read.tries });
  resolver.setServers(servers);
  try {
    return (await resolver.resolveTxt(zone)).map((strings) => strings.join(""));
  } catch {
    return [];
  }
}
