import { genuineLife } from "./life";
import { hetznerVendor } from "./vendors/hetzner";

genuineLife({
  name: "hetzner",
  sdk: "@pulumi/hcloud",
  packageName: "hcloud",
  vendor: hetznerVendor,
  config: (url) => ({ "hcloud:token": "0".repeat(64), "hcloud:endpoint": url, "hcloud:pollInterval": "50ms" }),
});
