/**
 * Gandi LiveDNS. Its npm package downloads a binary when it is installed, so the resource and the look-up needed are declared here;
 * the engine gets the plugin itself from where the options say.
 */
import * as pulumi from "@pulumi/pulumi";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost } from "../dns-host";
import { lookedUp } from "../internal/look-up";
import { type SdkDnsHostArgs, sdkDnsHost, setPublisher } from "../internal/records/sdk-dns-host";
import { canonicalZone, relativeName } from "../internal/records/zone";
import { zoneFileValues } from "../internal/records/zone-file";
import { dnsCapabilities } from "./facts";

/** A record set in LiveDNS, as `pulumiverse/pulumi-gandi` knows it. */
export interface GandiRecordArgs {
  /** The domain. */
  zone: pulumi.Input<string>;
  /** Inside the zone; `@` for the zone itself. */
  name: pulumi.Input<string>;
  type: pulumi.Input<string>;
  /** Seconds; Gandi requires one. */
  ttl: pulumi.Input<number>;
  /** As in a zone file. */
  values: pulumi.Input<pulumi.Input<string>[]>;
}

const plugin = { version: "0.0.14", pluginDownloadURL: "github://api.github.com/pulumiverse" };

/** The resource `gandi:livedns/record:Record`. */
export class GandiRecord extends pulumi.CustomResource {
  /** Where the record is in Gandi's API. */
  declare public readonly href: pulumi.Output<string>;

  public constructor(name: string, args: GandiRecordArgs, options: pulumi.CustomResourceOptions = {}) {
    super("gandi:livedns/record:Record", name, { ...args, href: undefined }, pulumi.mergeOptions(plugin, options));
  }
}

/** `gandi:livedns/getDomain:getDomain`; the domain's name as Gandi writes it. */
function getDomain(name: string, options: pulumi.InvokeOptions): Promise<{ readonly name: string }> {
  return pulumi.runtime.invoke("gandi:livedns/getDomain:getDomain", { name }, { ...plugin, ...options });
}

export type GandiArgs = SdkDnsHostArgs<GandiRecordArgs>;

/** Gandi's own choice where none is given, seconds. */
const USUAL_TTL = 10_800;

/**
 * Publishes records in a domain at Gandi, which must use LiveDNS.
 * @example
 * gandi({ zone: "example.com" });
 */
export function gandi(args: GandiArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  return sdkDnsHost({
    name: "gandi",
    zone,
    capabilities: dnsCapabilities,
    lookUp: (wanted, options) => lookedUp(wanted, getDomain(zone, options)).apply(() => zone),
    publish: setPublisher(GandiRecord, args.transform?.record, (record, found) => ({
      zone: found,
      name: relativeName(record.owner, zone),
      type: record.type,
      ttl: record.ttl ?? USUAL_TTL,
      values: zoneFileValues(record),
    })),
  });
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf): DnsHost {
  return gandi({ zone: config.text("zone") ?? "" });
}
