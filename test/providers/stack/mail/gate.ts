/** The gate over a stack whose addresses have no PTR in DNS. */
import { resourceName, type StackResource } from "../../../../providers/internal/stack/stack-resource";
import { runPack, verdict } from "../../../policies/run-pack";

/** What the rules say, by level. */
export async function runStack(
  resources: readonly StackResource[],
): Promise<{ readonly mandatory: readonly string[]; readonly advisory: readonly string[] }> {
  const { told } = await runPack(
    resources.map((resource) => ({
      type: resource.type,
      name: resourceName(resource),
      props: { ...resource.properties, ...(resource.id !== undefined && { id: resource.id }) },
      from: Object.fromEntries(
        Object.entries(resource.propertyDependencies ?? {}).map(([property, [urn = ""]]) => [
          property,
          resourceName({ urn }),
        ]),
      ),
    })),
    {
      verify: async (ip) =>
        verdict(ip, null, {
          status: "fail",
          iprev: "permerror",
          reason: "no-ptr",
          ptr: [],
          forward: {},
          confirmed: [],
        }),
    },
  );
  const of = (wanted: string) => told.filter(({ level }) => level === wanted).map(({ message }) => message);
  return { mandatory: of("mandatory"), advisory: of("advisory") };
}
