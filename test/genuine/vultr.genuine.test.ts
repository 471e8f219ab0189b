import { ownInstance } from "../../providers/vultr/simulation";
import { genuineLife } from "./life";
import { INSTANCE, vultrVendor } from "./vendors/vultr";

genuineLife({
  name: "vultr",
  sdk: "@ediri/vultr",
  packageName: "vultr",
  vendor: vultrVendor,
  host: "api.vultr.com",
  basePath: "/v2",
  config: () => ({ "vultr:apiKey": "0".repeat(36), "fcrdns:instance": INSTANCE, "fcrdns:location": "ewr" }),
  deletesPtrFirst: true,
  simulated: { "fcrdns:instance": ownInstance, "fcrdns:location": "ewr" },
});
