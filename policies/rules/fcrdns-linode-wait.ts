import { textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const linodeWait = rule({
  name: "fcrdns-linode-wait",
  requirement: "A Linode PTR waits for its forward record.",
  severity: "low",
  level: "advisory",
  cause: "linode.Rdns lacks `waitForAvailable: true`.",
  explanation:
    "Linode looks the name up when the PTR is set. Without waiting, a first deployment that makes both fails, and works by luck later.",
  fix: "Set `waitForAvailable: true` and let the resource depend on the A or AAAA record.",
  source: "https://www.pulumi.com/registry/packages/linode/api-docs/rdns/",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("linode:index/rdns:Rdns").flatMap((rdns) =>
      rdns.properties.waitForAvailable === true || (rdns.unknown ?? []).includes("waitForAvailable")
        ? []
        : [
            {
              urn: rdns.urn,
              ip: textAt(rdns.properties, "address") ?? null,
              message: `${displayName(rdns)} does not wait until its name can be looked up.`,
            },
          ],
    ),
});
