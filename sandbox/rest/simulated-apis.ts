/** All simulated APIs, one file each. */

import { contabo } from "../../providers/contabo/simulation";
import { hetznerRobot } from "../../providers/hetzner-robot/simulation";
import { hostinger } from "../../providers/hostinger/simulation";
import type { RestApiName } from "../../providers/internal/rest/apis";
import type { SimulatedApi } from "../../providers/internal/simulation/simulated-api";
import { ionos } from "../../providers/ionos/simulation";
import { leaseweb } from "../../providers/leaseweb/simulation";
import { netcup } from "../../providers/netcup/simulation";
import { upcloud } from "../../providers/upcloud/simulation";

export const simulatedApis: Readonly<Record<RestApiName, SimulatedApi>> = {
  "hetzner-robot": hetznerRobot,
  hostinger,
  contabo,
  netcup,
  upcloud,
  leaseweb,
  ionos,
};
