import { genuineLife } from "./life";
import { linodeVendor } from "./vendors/linode";

genuineLife({
  name: "linode",
  sdk: "@pulumi/linode",
  packageName: "linode",
  vendor: linodeVendor,
  config: (url) => ({ "linode:token": "0".repeat(64), "linode:url": url, "linode:apiVersion": "v4" }),
});
