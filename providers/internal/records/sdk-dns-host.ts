/** A DNS host whose records are resources of a Pulumi SDK: what they have in common. */
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../cloud";
import type { DnsHost, DnsHostCapabilities, PublishResult, RecordSet } from "../../dns-host";
import { oncePerRun, type Wanted } from "../look-up";
import { type Transform, transform } from "../transform";
import { oneRecordEach } from "./one-record-each";
import { validateRecord, zoneMissing } from "./zone";

/** What a user gives to such a DNS host. */
export interface SdkDnsHostArgs<RecordArgs> {
  /** Name of the zone at the DNS host, for example `example.com`. It must exist. */
  readonly zone: string;
  /** Changes each resource for records just before it is made. */
  readonly transform?: { readonly record?: Transform<RecordArgs> };
}

export interface SdkDnsHost {
  /** The word in stack config. */
  readonly name: string;
  /** Its Pulumi package. @default the name */
  readonly package?: string;
  /** The zone's canonical name. */
  readonly zone: string;
  readonly capabilities: DnsHostCapabilities;
  /** Wrong arguments of this host alone. @default none */
  readonly problems?: readonly Problem[];
  /** The zone as `publish` takes it, where it needs no look-up. @default it is looked up */
  readonly known?: pulumi.Input<string> | undefined;
  /**
   * Looks the zone up, so that one of another account is an error before the first record.
   * @param wanted what to say of a zone that is not found
   */
  readonly lookUp: (wanted: Wanted, options: pulumi.InvokeOptions) => pulumi.Output<string>;
  readonly publish: Publish;
}

/** @param zone its name or id, as the resources of this host take it */
type Publish = (
  name: string,
  record: RecordSet,
  options: pulumi.CustomResourceOptions,
  zone: pulumi.Input<string>,
) => PublishResult;

type Resource<Args> = new (name: string, args: Args, options: pulumi.CustomResourceOptions) => pulumi.Resource;

export function sdkDnsHost(host: SdkDnsHost): DnsHost {
  const { name, zone, capabilities, problems = [], known } = host;
  const wanted = {
    title: capabilities.title,
    package: host.package ?? name,
    what: `the zone ${zone}`,
    ifMissing: zoneMissing(),
  };
  const lookUp = oncePerRun(wanted.package, (options) => host.lookUp(wanted, options));
  return {
    name,
    zone,
    capabilities,
    validate: (record) => [...validateRecord(zone, capabilities, record), ...problems],
    ...(known === undefined && { lookUp }),
    publish: (resourceName, record, options) => host.publish(resourceName, record, options, known ?? lookUp(options)),
  };
}

/**
 * One resource for a whole record set.
 * @param change what the user changes of the resource
 * @param inputs of the resource
 */
export function setPublisher<Args extends object>(
  Record: Resource<Args>,
  change: Transform<Args> | undefined,
  inputs: (record: RecordSet, zone: pulumi.Input<string>) => NoInfer<Args>,
): Publish {
  return (name, record, options, zone) => ({
    published: "resource",
    resource: new Record(...transform(change, name, inputs(record, zone), options)),
  });
}

/**
 * One resource for each value of a record set.
 * @param ownOptions options that this host's resource needs beside the given ones
 */
export function valuePublisher<Args extends object>(
  Record: Resource<Args>,
  change: Transform<Args> | undefined,
  inputs: (record: RecordSet, value: pulumi.Input<string>, zone: pulumi.Input<string>) => NoInfer<Args>,
  ownOptions: (record: RecordSet, options: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions = () => ({}),
): Publish {
  return (name, record, options, zone) =>
    oneRecordEach(name, record, options, (each, value, given) => {
      const all = { ...given, ...ownOptions(record, given) };
      return new Record(...transform(change, each, inputs(record, value, zone), all));
    });
}
