/** All APIs by the word used in stack outputs; a new one is a new file in `apis/` and a line here. */
import { contabo } from "../../contabo/api";
import { hetznerRobot } from "../../hetzner-robot/api";
import { hostinger } from "../../hostinger/api";
import { ionos } from "../../ionos/api";
import { leaseweb } from "../../leaseweb/api";
import { netcup } from "../../netcup/api";
import { upcloud } from "../../upcloud/api";
import type { RestApi } from "./rest-api";

export const restApis = {
  "hetzner-robot": hetznerRobot,
  hostinger,
  contabo,
  netcup,
  upcloud,
  leaseweb,
  ionos,
} as const satisfies Record<string, RestApi>;

export type RestApiName = keyof typeof restApis;

export function isRestApiName(name: string): name is RestApiName {
  return Object.hasOwn(restApis, name);
}
