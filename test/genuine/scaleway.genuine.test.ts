import { genuineLife } from "./life";
import { scalewayVendor } from "./vendors/scaleway";

genuineLife({
  name: "scaleway",
  sdk: "@pulumiverse/scaleway",
  packageName: "scaleway",
  vendor: scalewayVendor,
  config: (url) => ({
    "scaleway:accessKey": "SCWXXXXXXXXXXXXXXXXX",
    "scaleway:secretKey": "11111111-1111-4111-8111-111111111111",
    "scaleway:projectId": "105bdce1-64c0-48ab-899d-868455867ecf",
    "scaleway:organizationId": "105bdce1-64c0-48ab-899d-868455867ecf",
    "scaleway:region": "fr-par",
    "scaleway:zone": "fr-par-1",
    "scaleway:apiUrl": url,
  }),
});
