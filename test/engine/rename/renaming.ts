/** A stack whose host name changes while single steps fail, and what receivers see at every moment of it. */
import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { publishMailRecords } from "../../../components/mail-records";
import { SendingIp, type SendingIpArgs } from "../../../components/sending-ip";
import type { Cloud } from "../../../providers/cloud";
import type { DnsHost } from "../../../providers/dns-host";
import { arpaName } from "../../../sandbox/internet/blocks";
import type { RemoteInternet } from "../../../sandbox/internet/remote-internet";

export const ZONE = "example.com";
export const OLD = `mail.${ZONE}`;
export const NEW = `mx.${ZONE}`;

export interface Mailing
  extends Partial<Pick<SendingIpArgs, "ipv6" | "formerHostnames" | "protect" | "retainOnDelete">> {
  readonly cloud: () => Cloud;
  readonly dns: () => DnsHost;
}

/**
 * A sending IP with MX and SPF.
 * @param failing beginning of the Pulumi name of the resources that the provider refuses to create or to change
 */
export function mailing({ cloud, dns, ...args }: Mailing, hostname: string, failing?: string): PulumiFn {
  return async () => {
    if (failing !== undefined) {
      pulumi.runtime.registerStackTransformation(({ name, props, opts }) =>
        name.startsWith(failing) ? { props, opts: { ...opts, hooks: refusing(opts) } } : undefined,
      );
    }
    const mail = new SendingIp("mail", { hostname, cloud: cloud(), dns: dns(), ...args });
    publishMailRecords("mail", dns(), mail.verified);
    return { endpoints: mail.endpoints };
  };
}

/** The engine takes a hook that fails for a provider that fails. */
function refusing(options: pulumi.CustomResourceOptions): pulumi.ResourceHookBinding {
  const validate = (): void => {
    throw new Error("500 Internal Server Error (injected)");
  };
  return { ...options.hooks, beforeCreate: [validate], beforeUpdate: [validate] };
}

export interface Seen {
  /** Each address with what its PTR says, and whether that name has the address. */
  readonly trips: Readonly<Record<string, { readonly ptr: string | undefined; readonly holds: boolean }>>;
  readonly mx: readonly string[];
  /** Whether the MX leads to an address; true where there is none. */
  readonly mxLeads: boolean;
}

/** What all first name servers show at one moment. */
export async function seen(internet: RemoteInternet, addresses: readonly string[]): Promise<Seen> {
  const zones = await internet.snapshot();
  const lines = Object.values(zones).flatMap((servers) => Object.values(servers)[0] ?? []);
  const records = lines.map((line) => {
    const [owner = "", , type = "", ...value] = line.toLowerCase().split(" ");
    return { owner, type, value: value.join(" ").replace(/\.$/, "") };
  });
  const of = (owner: string, type: string): string[] =>
    records.filter((record) => record.owner === owner && record.type === type).map(({ value }) => value);
  const trips = addresses.map((address) => {
    const [alias] = of(arpaName(address), "cname");
    const [ptr] = of(alias ?? arpaName(address), "ptr");
    const leadsTo = ptr === undefined ? [] : of(ptr, address.includes(":") ? "aaaa" : "a");
    return [address, { ptr, holds: leadsTo.includes(address) }] as const;
  });
  const mx = of(ZONE, "mx").map((value) => value.replace(/^\d+ /, ""));
  return { trips: Object.fromEntries(trips), mx, mxLeads: mx.every((name) => of(name, "a").length > 0) };
}

/** Looks again and again while `work` goes on. */
export async function whileLooking<Result>(
  internet: RemoteInternet,
  addresses: readonly string[],
  work: Promise<Result>,
): Promise<{ result: Result; moments: Seen[] }> {
  const moments: Seen[] = [];
  let over = false;
  const looking = (async () => {
    while (!over) {
      moments.push(await seen(internet, addresses));
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  })();
  try {
    return { result: await work, moments };
  } finally {
    over = true;
    await looking;
  }
}

/** At every moment each address has a confirmed PTR: that of the old name, or that of the new one. */
export function assertNeverBroken(
  moments: readonly Seen[],
  label: string,
  names: readonly (string | undefined)[] = [OLD, NEW],
): void {
  assert.ok(moments.length > 0);
  for (const { trips, mx, mxLeads } of moments) {
    for (const [address, { ptr, holds }] of Object.entries(trips)) {
      assert.ok(holds && names.includes(ptr), `${label}: ${address} has the PTR ${ptr}, which leads back: ${holds}`);
    }
    assert.ok(mxLeads, `${label}: MX ${mx} has no address`);
  }
}
