/** Public hosted zones in Route 53. */
import "../sdk/aws";

import { getZone } from "@pulumi/aws/route53/getZone";
import { Record, type RecordArgs } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import type { ConfigReader } from "../config-reader";
import { lookedUp, oncePerRun } from "../look-up";
import { type Transform, transformed } from "../transform";
import { characterStrings, escapedCharacterString } from "./character-strings";
import type { DnsHost, DnsHostCapabilities, RecordSet } from "./dns-host";
import { presentation } from "./mail-exchanger";
import { canonicalZone, refuseRecord, zoneMissing } from "./zone";

export const capabilities: DnsHostCapabilities = {
  title: "Route 53",
  types: ["A", "AAAA", "CNAME", "MX", "PTR", "TXT"],
  minimumTtlSeconds: 0,
  expectedLagMinutes: 1,
  records: {
    unit: "set",
    replacedBy: ["zoneId", "name", "setIdentifier"],
    sameRecord: "refused",
    sources: [
      {
        source:
          "github.com/hashicorp/terraform-provider-aws internal/service/route53/record.go (CREATE unless allow_overwrite)",
        date: "2026-11-21",
      },
    ],
  },
  sources: [
    {
      source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
      date: "2026-11-21",
    },
    { source: "github.com/hashicorp/terraform-provider-aws internal/service/route53/record.go", date: "2026-11-21" },
  ],
};

export interface Route53Args {
  /** Name of the public hosted zone, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Its id (`Z...`), where several hosted zones have this name. @default looked up by name */
  readonly zoneId?: pulumi.Input<string>;
  /** Changes the record set just before it is made. */
  readonly transform?: { readonly record?: Transform<RecordArgs> };
}

/**
 * Publishes records in a public hosted zone of Route 53.
 * @example
 * route53({ zone: "example.com" });
 */
export function route53(args: Route53Args): DnsHost {
  const zone = canonicalZone(args.zone);
  const lookUp = oncePerRun("aws", (options) =>
    lookedUp(
      {
        title: capabilities.title,
        package: "aws",
        what: `the zone ${zone}`,
        ifMissing: zoneMissing("the hosted zone's id (stack config: zoneId)"),
      },
      getZone({ name: zone, privateZone: false }, options),
    ),
  );
  return {
    name: "route53",
    zone,
    capabilities,
    refuse: (record) => refuseRecord(zone, capabilities, record),
    ...(args.zoneId === undefined && { lookUp }),
    publish: (name, record, options) => {
      const made = transformed<RecordArgs>(
        args.transform?.record,
        name,
        {
          zoneId: args.zoneId ?? lookUp(options).zoneId,
          name: record.owner,
          type: record.type,
          ttl: record.ttl ?? 300,
          records: record.values.map((value) =>
            presentation(record, value).apply((text) => route53Value(record.type, text)),
          ),
        },
        options,
      );
      return { published: "resource", resource: new Record(name, made.args, made.options) };
    },
  } satisfies DnsHost;
}

/**
 * Values as the AWS provider takes them: TXT without the outer quotes, which it adds itself, and with `""` where one
 * character-string ends and the next begins.
 */
export function route53Value(type: RecordSet["type"], value: string): string {
  return type === "TXT" ? characterStrings(value).map(escapedCharacterString).join('""') : value;
}

/** The DNS host as the stack's config describes it: `zone`, and `zoneId` where the name alone does not find it. */
export function fromConfig(config: ConfigReader): DnsHost {
  const zoneId = config.text("zoneId");
  return route53({ zone: config.text("zone") ?? "", ...(zoneId !== undefined && { zoneId }) });
}
