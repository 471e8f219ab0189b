/** DNS at Cloudflare, never proxied: a proxied name answers with Cloudflare's addresses, and no round trip can hold. */
import "./sdk";

import { DnsRecord, type DnsRecordArgs } from "@pulumi/cloudflare/dnsRecord";
import { getZones } from "@pulumi/cloudflare/getZones";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../cloud";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { given } from "../internal/given";
import { lookedUp } from "../internal/look-up";
import { quotedCharacterStrings } from "../internal/records/character-strings";
import { mailExchangerInputs } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, valuePublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, zoneMissing } from "../internal/records/zone";
import { dnsCapabilities, type dnsConfigKeys } from "./facts";

export interface CloudflareArgs extends SdkDnsHostArgs<DnsRecordArgs> {
  /** Its id, 32 hexadecimal digits. @default looked up by name */
  readonly zoneId?: pulumi.Input<string>;
}

/** Cloudflare's "automatic", which is 300 seconds for what is not proxied. */
const AUTOMATIC_TTL = 1;

/**
 * Publishes records at Cloudflare, not proxied.
 * @example
 * cloudflare({ zone: "example.com" });
 */
export function cloudflare(args: CloudflareArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "cloudflare",
    zone,
    capabilities: dnsCapabilities,
    problems: validateZoneId(args.zoneId),
    known: args.zoneId,
    lookUp: (wanted, options) =>
      lookedUp(
        {
          ...wanted,
          ifMissing: zoneMissing("the zone's id (stack config: zoneId)"),
          ifSeveral: "give the one that is meant by its id: pulumi config set zoneId ID",
        },
        zoneIdOf(zone, options),
      ),
    publish: valuePublisher(DnsRecord, args.transform?.record, (record, value, zoneId) => ({
      zoneId,
      // In full: a relative name shows up as a change in every preview.
      name: record.owner,
      type: record.type,
      ttl: record.ttl ?? AUTOMATIC_TTL,
      ...contentOf(record, value),
      ...(isAddressOrAlias(record.type) && { proxied: false }),
    })),
  });
}

/**
 * Looked for in the list of zones: asked for one that is not there, `getZone` has the engine print an error of its own above
 * ours (`processDiagnostics` in pulumi-terraform-bridge `pkg/pf/tfbridge/provider_diagnostics.go`).
 */
async function zoneIdOf(name: string, options: pulumi.InvokeOptions): Promise<string> {
  const { results } = await getZones({ name }, options);
  // No list under a user's mocks.
  if (results !== undefined && results.length !== 1) {
    throw new Error(`${results.length} results found in this account`);
  }
  return results?.[0]?.id ?? "";
}

/**
 * The form alone: a look-up would have the engine print an error for each token that may change records and not read zones,
 * and for these the id is given.
 */
function validateZoneId(zoneId: CloudflareArgs["zoneId"]): Problem[] {
  if (typeof zoneId !== "string" || /^[0-9a-f]{32}$/i.test(zoneId)) {
    return [];
  }
  return [
    {
      argument: "dns.zoneId",
      message: `${JSON.stringify(zoneId)} cannot be the id of a zone at Cloudflare: 32 hexadecimal digits`,
      fix: "copy the Zone ID from the zone's overview page, or leave it out, if the token may read zones",
    },
  ];
}

function contentOf(record: RecordSet, value: pulumi.Input<string>): Pick<DnsRecordArgs, "content" | "priority"> {
  switch (record.type) {
    case "MX": {
      const { exchange, preference } = mailExchangerInputs(record, value);
      return { content: exchange, priority: preference };
    }
    case "TXT":
      return { content: pulumi.output(value).apply(quotedCharacterStrings) };
    default:
      return { content: value };
  }
}

function isAddressOrAlias(type: RecordSet["type"]): boolean {
  return type === "A" || type === "AAAA" || type === "CNAME";
}

/** The DNS host as the stack's config describes it: `zone`, and `zoneId` where the name alone does not find it. */
export function fromConfig(config: DnsHostConfigOf<typeof dnsConfigKeys>): DnsHost {
  return cloudflare({ zone: config.text("zone") ?? "", ...given({ zoneId: config.textInput("zoneId") }) });
}
