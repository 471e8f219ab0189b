import type { PluginFacts } from "../provider";

export const plugin: PluginFacts = {
  source:
    "github.com/pulumi/pulumi-azure-native 006a62a (provider.go, client_azcore.go), 0354c94 (crud.go), 03707ff (diff.go), 1b7112a (replacement.go)",
  date: "2026-11-22",
  retries:
    "408, 429, 500, 502, 503, 504, lost connections and 409 AnotherOperationInProgress, after 20, 60 and 120 s (`initPipelineOpts`). An error shows the outer message alone, without ARM's `details` (`newResponseError`).",
  resources: {
    "azure-native:resources:ResourceGroup": {
      files: ["provider/pkg/provider/provider.go (Check, Diff, Read)", "provider/pkg/gen/replacement.go (forceNewMap)"],
      replacedBy: ["location", "resourceGroupName"],
      replacement: "A name that Pulumi made up lets the new one come first; otherwise the old one is deleted first.",
      refresh: "A 404 drops it.",
      errors: "One that exists is refused: `cannot create already existing resource`. A 404 on deletion is done.",
      importId: "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP",
    },
    "azure-native:network:PublicIPAddress": {
      files: [
        "provider/pkg/provider/provider.go (Check, Diff, Read, Update)",
        "provider/pkg/provider/diff.go (applyDiff)",
        "provider/pkg/gen/replacement.go (forceNewMap)",
      ],
      preview:
        "Missing properties, and values outside of type, length, pattern or range of the OpenAPI document; unknown ones pass.",
      replacedBy: [
        "location",
        "publicIPAddressVersion",
        "publicIPPrefix",
        "publicIpAddressName",
        "resourceGroupName",
        "sku",
      ],
      replacement: "A name that Pulumi made up lets the new one come first; otherwise the old one is deleted first.",
      refresh:
        "A 404 drops it. What differs from the last outputs goes into the inputs, so a PTR that a deployment set turns up in `dnsSettings`.",
      errors:
        "A PUT of the whole resource: what is not said is gone. One that exists is refused: `cannot create already existing resource`. A 404 on deletion is done.",
      importId: "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Network/publicIPAddresses/NAME",
    },
    "azure-native:resources:Deployment": {
      files: [
        "provider/pkg/provider/provider.go (defaultCreate, defaultUpdate, Read)",
        "provider/pkg/provider/crud/crud.go (HandleErrorWithCheckpoint)",
        "provider/pkg/azure/client_azcore.go (putOrPatch, CanCreate)",
      ],
      replacedBy: ["deploymentName", "resourceGroupName"],
      refresh:
        "A 404 drops it: ARM deletes old deployments by itself near 800 in a group. It reads the deployment's record, not what was deployed. The engine then forgets that the last attempt failed.",
      errors:
        "What is deployed is refused after the deployment was accepted: it stays in the state as not initialised, and the next run updates it. An update is a PUT, and can be tried again; a creation cannot, because the failed deployment is there: `cannot create already existing resource`.",
      importId: "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Resources/deployments/NAME",
    },
    "azure-native:dns:RecordSet": {
      files: [
        "provider/pkg/provider/provider.go (Check, Diff, Read)",
        "provider/pkg/azure/client_azcore.go (CanCreate)",
      ],
      replacedBy: ["recordType", "relativeRecordSetName", "resourceGroupName", "zoneName"],
      replacement: "The old one is deleted first.",
      refresh: "A 404 drops it. Values changed elsewhere are seen.",
      errors: "One that exists is refused: `cannot create already existing resource`. A 404 on deletion is done.",
      importId: "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Network/dnsZones/ZONE/TYPE/NAME",
    },
  },
};
