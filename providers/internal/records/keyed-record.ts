/**
 * Pulumi names of records. They hold the record's key (zone and owner), so that a new host name is a new resource: Pulumi
 * then creates the new record first and deletes the old one last, at every DNS host, and a failure in between leaves both.
 * Under one name for all keys the old record would be replaced or renamed in place, and with it the live one would go first.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { DnsHost, RecordSet } from "../../dns-host";
import { explainExisting } from "./existing-record";
import { notOverwriting } from "./not-overwriting";
import { relativeName } from "./zone";

export interface KeyedRecord {
  readonly name: string;
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * Name and options for the resource of one record set.
 * @param prefix what the record is for: `mail-forward-v4`. Stacks made before names held the key know it by this name alone
 * @param onRefused called when the record could not be made
 * @returns the name `mail-forward-v4/example.com/mail`; options with `deleteBeforeReplace` where both cannot exist at once:
 * what is replaced under the same name has the same key
 */
export function keyedRecord(
  prefix: string,
  dns: Pick<DnsHost, "zone" | "capabilities">,
  record: Pick<RecordSet, "owner" | "type">,
  options: pulumi.CustomResourceOptions,
  onRefused?: () => void,
): KeyedRecord {
  const { records } = dns.capabilities;
  const { deleteBeforeReplace: _elsewhere, ...others } = options;
  const name = `${prefix}/${dns.zone}/${relativeName(record.owner, dns.zone)}`;
  const hooks = {
    ...explainExisting(name, dns, record, options.parent, onRefused),
    ...notOverwriting(name, dns, record),
  };
  return {
    name,
    options: {
      ...others,
      ...(Object.keys(hooks).length > 0 && { hooks }),
      aliases: [{ name: prefix }],
      ...(records !== undefined && records.sameRecord !== "added" && { deleteBeforeReplace: true }),
    },
  };
}
