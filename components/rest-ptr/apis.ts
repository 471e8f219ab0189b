/** All APIs by the word used in stack outputs; a new one is a new file in `apis/` and a line here. */
import { contabo } from "./apis/contabo";
import { hetznerRobot } from "./apis/hetzner-robot";
import { hostinger } from "./apis/hostinger";
import { ionos } from "./apis/ionos";
import { leaseweb } from "./apis/leaseweb";
import { netcup } from "./apis/netcup";
import { upcloud } from "./apis/upcloud";
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
