/** The records that invite mail; they take their values from a verified address, so they cannot come too early. */
import * as pulumi from "@pulumi/pulumi";
import type { DnsHost, PublishResult } from "../providers/dns-host";
import { dnsSettings } from "../providers/internal/dns-settings";
import { keyedRecord } from "../providers/internal/records/keyed-record";
import { refusingSecondSpf } from "./apex-text";
import type { Verified } from "./sending-ip";

/**
 * Publishes MX and SPF of a zone. Call it in the same turn as the constructor of the `SendingIp`, with no `await` in between:
 * an SPF record that cannot join the domain's text is then refused before anything is made.
 * @param name prefix of the resources
 * @param dns where; its zone is the mail domain
 * @param verified `SendingIp.verified`: neither record is made before it resolves
 * @param options `protect` and `retainOnDelete` of a `SendingIp` are to be given here too: otherwise `pulumi destroy` takes
 *   MX and SPF of a protected server away before it stops at the address
 */
export function publishMailRecords(
  name: string,
  dns: DnsHost,
  verified: pulumi.Output<Verified>,
  options: pulumi.CustomResourceOptions = {},
): readonly PublishResult[] {
  // The preference is no part of what has to wait: as an output it is unknown in the first preview, and several providers
  // refuse an MX record without one.
  const exchange = verified.apply(({ hostname }) => hostname);
  const spf = verified.apply(({ addresses }) => spfText(addresses));
  const owner = dns.zone;
  const formerName = `${name}-spf`;
  const text = keyedRecord(formerName, dns, { owner, type: "TXT" }, options);
  const { hooks, ...checked } = refusingSecondSpf({ name: text.name, formerName, dns }, spf, dnsSettings());
  const published = dns.publish(
    text.name,
    { owner, type: "TXT", values: [spf] },
    { ...pulumi.mergeOptions(text.options, checked), hooks: { ...text.options.hooks, ...hooks } },
  );
  // The MX invites mail, so it comes last: where the SPF record is refused, nothing was announced.
  const after = published.published === "resource" ? { dependsOn: [published.resource] } : {};
  const mx = keyedRecord(`${name}-mx`, dns, { owner, type: "MX" }, pulumi.mergeOptions(options, after));
  return [dns.publish(mx.name, { owner, type: "MX", preference: 10, values: [exchange] }, mx.options), published];
}

/** RFC 7208 section 5.6: exactly these addresses, everything else softfails. */
export function spfText(addresses: readonly string[]): string {
  const mechanisms = addresses.map((address) => `${address.includes(":") ? "ip6" : "ip4"}:${address}`);
  return ["v=spf1", ...mechanisms, "~all"].join(" ");
}
