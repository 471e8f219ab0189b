/** All simulated APIs, one file each. */
import type { RestApiName } from "../../components/rest-ptr/apis";
import { contabo } from "./contabo";
import { hetznerRobot } from "./hetzner-robot";
import { hostinger } from "./hostinger";
import { ionos } from "./ionos";
import { leaseweb } from "./leaseweb";
import { netcup } from "./netcup";
import type { SimulatedApi } from "./simulated-api";
import { upcloud } from "./upcloud";

export const simulatedApis: Readonly<Record<RestApiName, SimulatedApi>> = {
  "hetzner-robot": hetznerRobot,
  hostinger,
  contabo,
  netcup,
  upcloud,
  leaseweb,
  ionos,
};
