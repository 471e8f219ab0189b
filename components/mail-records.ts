/** MX and SPF; they take their values from a verified address, so they cannot be published too early. */
import * as pulumi from "@pulumi/pulumi";
import type { DnsHost, PublishResult } from "../providers/dns-host";
import { dnsSettings } from "../providers/internal/dns-settings";
import { keyedRecord } from "../providers/internal/records/keyed-record";
import { rejectingSecondSpf } from "./apex-text";
import type { Verified } from "./sending-ip";

/**
 * Publishes MX and SPF of a zone. Call it right after the constructor of the `SendingIp`, with no `await` in between: an SPF
 * record that cannot be added to the domain's TXT records then fails before anything is created.
 * @param name prefix of the resources
 * @param dns where; its zone is the mail domain
 * @param verified `SendingIp.verified`: neither record is made before it resolves
 * @param options `protect` and `retainOnDelete` of a `SendingIp` must be given here too: otherwise `pulumi destroy` deletes
 *   MX and SPF of a protected server before it stops at the address
 */
export function publishMailRecords(
  name: string,
  dns: DnsHost,
  verified: pulumi.Output<Verified>,
  options: pulumi.CustomResourceOptions = {},
): readonly PublishResult[] {
  // The preference need not wait: as an output it is unknown in the first preview, and several providers
  // refuse an MX record without one.
  const exchange = verified.apply(({ hostname }) => hostname);
  const spf = verified.apply(({ addresses }) => spfText(addresses));
  const owner = dns.zone;
  const formerName = `${name}-spf`;
  const text = keyedRecord(formerName, dns, { owner, type: "TXT" }, options);
  const { hooks, ...checked } = rejectingSecondSpf({ name: text.name, formerName, dns }, spf, dnsSettings());
  const published = dns.publish(
    text.name,
    { owner, type: "TXT", values: [spf] },
    { ...pulumi.mergeOptions(text.options, checked), hooks: { ...text.options.hooks, ...hooks } },
  );
  // The MX attracts mail, so it comes last: if the SPF record fails, no MX was published.
  const after = published.published === "resource" ? { dependsOn: [published.resource] } : {};
  const mx = keyedRecord(`${name}-mx`, dns, { owner, type: "MX" }, pulumi.mergeOptions(options, after));
  return [dns.publish(mx.name, { owner, type: "MX", preference: 10, values: [exchange] }, mx.options), published];
}

/** RFC 7208 section 5.6: exactly these addresses, everything else softfails. */
export function spfText(addresses: readonly string[]): string {
  const mechanisms = addresses.map((address) => `${address.includes(":") ? "ip6" : "ip4"}:${address}`);
  return ["v=spf1", ...mechanisms, "~all"].join(" ");
}
