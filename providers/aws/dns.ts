/** Public hosted zones in Route 53. */
import "./sdk";

import { getZone } from "@pulumi/aws/route53/getZone";
import { Record, type RecordArgs } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet } from "../dns-host";
import { given } from "../internal/given";
import { knownId, lookedUp } from "../internal/look-up";
import { characterStrings, escapedCharacterString } from "../internal/records/character-strings";
import { presentation } from "../internal/records/mail-exchanger";
import { type SdkDnsHostArgs, sdkDnsHost, setPublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, zoneMissing } from "../internal/records/zone";
import { dnsCapabilities, type dnsConfigKeys } from "./facts";

export interface Route53Args extends SdkDnsHostArgs<RecordArgs> {
  /** Its id (`Z...`), where several hosted zones have this name. @default looked up by name */
  readonly zoneId?: pulumi.Input<string>;
}

/**
 * Publishes records in a public hosted zone of Route 53.
 * @example
 * route53({ zone: "example.com" });
 */
export function route53(args: Route53Args): DnsHost {
  const zone = canonicalZone(args.zone);
  const { zoneId } = args;
  return sdkDnsHost({
    name: "route53",
    package: "aws",
    zone,
    capabilities: dnsCapabilities,
    // An output is the id of a zone that the program itself makes or found.
    known: typeof zoneId === "string" ? undefined : zoneId,
    lookUp: (wanted, options) => {
      if (typeof zoneId === "string") {
        const ifMissing = "give the id of a hosted zone of this account (stack config: zoneId), or leave it out";
        return knownId({ ...wanted, what: `the zone ${zoneId}`, ifMissing }, zoneId, getZone({ zoneId }, options));
      }
      return lookedUp(
        {
          ...wanted,
          ifMissing: zoneMissing("the hosted zone's id (stack config: zoneId)"),
          ifSeveral: "give the one that is meant by its id: pulumi config set zoneId ID",
        },
        getZone({ name: zone, privateZone: false }, options),
      ).zoneId;
    },
    publish: setPublisher(Record, args.transform?.record, (record, found) => ({
      zoneId: found,
      name: record.owner,
      type: record.type,
      ttl: record.ttl ?? 300,
      records: record.values.map((value) =>
        presentation(record, value).apply((text) => route53Value(record.type, text)),
      ),
    })),
  });
}

/**
 * Values as the AWS provider takes them: TXT without the outer quotes, which it adds itself, and with `""` where one
 * character-string ends and the next begins.
 */
export function route53Value(type: RecordSet["type"], value: string): string {
  return type === "TXT" ? characterStrings(value).map(escapedCharacterString).join('""') : value;
}

/** The DNS host as the stack's config describes it: `zone`, and `zoneId` where the name alone does not find it. */
export function fromConfig(config: DnsHostConfigOf<typeof dnsConfigKeys>): DnsHost {
  return route53({ zone: config.text("zone") ?? "", ...given({ zoneId: config.textInput("zoneId") }) });
}
