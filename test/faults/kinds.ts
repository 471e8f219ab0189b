/** The stacks that are killed: one per way in which a PTR is set. */
import { aws } from "../../providers/aws/cloud";
import { route53 } from "../../providers/aws/dns";
import { digitalocean } from "../../providers/digitalocean/cloud";
import { digitaloceanDns } from "../../providers/digitalocean/dns";
import { hetzner } from "../../providers/hetzner/cloud";
import { hetznerDns } from "../../providers/hetzner/dns";
import { hetznerRobot } from "../../providers/hetzner-robot/cloud";
import { hetznerRobot as robotApi } from "../../providers/hetzner-robot/simulation";
import type { SimulatedApi } from "../../providers/internal/simulation/simulated-api";
import { racknerd } from "../../providers/racknerd/cloud";
import { type Mailing, ZONE } from "../engine/rename/renaming";

export interface Kind {
  /** @param endpoint of the served REST API, where the kind has one */
  readonly mailing: (endpoint: string) => Mailing;
  /** Addresses that are there before the stack and after it; their PTRs are outside of the simulated clouds. */
  readonly existing?: readonly string[];
  /** The API that sets the PTRs, played over HTTP. */
  readonly api?: SimulatedApi;
  /** Environment of the program and the engine. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Support sets the PTRs, and removes them after the stack is gone. */
  readonly byTicket?: true;
}

const V4 = "192.0.2.80";
const V6 = "2001:db8:f::80";

export const kinds = {
  Hetzner: { mailing: () => ({ cloud: () => hetzner(), dns: () => hetznerDns({ zone: ZONE }) }) },
  DigitalOcean: {
    mailing: () => ({ cloud: () => digitalocean(), dns: () => digitaloceanDns({ zone: ZONE }), ipv6: false }),
  },
  AWS: { mailing: () => ({ cloud: () => aws(), dns: () => route53({ zone: ZONE }) }) },
  "Hetzner Robot": {
    mailing: (endpoint) => ({
      cloud: () =>
        hetznerRobot({
          addresses: [V4, V6],
          endpoint,
          transform: { restPtr: (args) => ({ ...args, tries: 3, timeoutSeconds: 2 }) },
        }),
      dns: () => hetznerDns({ zone: ZONE }),
    }),
    existing: [V4, V6],
    api: robotApi,
    environment: {
      HETZNER_ROBOT_USER: robotApi.config["hetzner-robot:user"] ?? "",
      HETZNER_ROBOT_PASSWORD: robotApi.config["hetzner-robot:password"] ?? "",
    },
  },
  RackNerd: {
    mailing: () => ({
      cloud: () => racknerd({ addresses: [V4, V6], service: "vps-1234", purpose: "order confirmations" }),
      dns: () => hetznerDns({ zone: ZONE }),
    }),
    existing: [V4, V6],
    byTicket: true,
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

export function kindOf(name: KindName): Kind {
  return kinds[name];
}
