import { genuineLife } from "./life";
import { digitaloceanVendor } from "./vendors/digitalocean";

genuineLife({
  name: "digitalocean",
  sdk: "@pulumi/digitalocean",
  packageName: "digitalocean",
  vendor: digitaloceanVendor,
  config: (url) => ({ "digitalocean:token": `dop_v1_${"0".repeat(64)}`, "digitalocean:apiEndpoint": `${url}/` }),
});
