/** For DNS hosts whose API knows single records instead of record sets: one resource a value. */
import type * as pulumi from "@pulumi/pulumi";
import type { PublishResult, RecordSet } from "../../dns-host";

/**
 * Makes one resource for each value of a record set. The first is called `name`, so that a set that grows keeps it.
 * @param make creates the resource of one value
 * @returns the last resource; it depends on those before it, so whoever waits for it waits for the whole set
 */
export function oneRecordEach(
  name: string,
  record: RecordSet,
  options: pulumi.CustomResourceOptions,
  make: (name: string, value: pulumi.Input<string>, options: pulumi.CustomResourceOptions) => pulumi.Resource,
): PublishResult {
  let last: pulumi.Resource | undefined;
  record.values.forEach((value, index) => {
    // An alias is the earlier name of the first value; the others would claim the same resource.
    const { aliases: _first, ...others } = options;
    const after = last === undefined ? options : { ...others, dependsOn: withDependency(options, last) };
    last = make(index === 0 ? name : `${name}-${index + 1}`, value, after);
  });
  if (last === undefined) {
    throw new RangeError(`the record set ${record.owner} ${record.type} has no value`);
  }
  return { published: "resource", resource: last };
}

function withDependency(
  options: pulumi.CustomResourceOptions,
  resource: pulumi.Resource,
): pulumi.Input<pulumi.Resource>[] {
  const before = options.dependsOn;
  return [...(Array.isArray(before) ? before : before === undefined ? [] : [before as pulumi.Resource]), resource];
}
