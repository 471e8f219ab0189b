import { describe, test } from "node:test";
import { aws } from "../../../providers/aws/cloud";
import { route53 } from "../../../providers/aws/dns";
import { azure } from "../../../providers/azure/cloud";
import { azureDns } from "../../../providers/azure/dns";
import { cloudflare } from "../../../providers/cloudflare/dns";
import { digitalocean } from "../../../providers/digitalocean/cloud";
import { google } from "../../../providers/google/cloud";
import { cloudDns } from "../../../providers/google/dns";
import { type Life, played, ZONE } from "./life";

describe("a sending IP comes up, is renamed and goes, without a moment after a run in which it has no PTR", () => {
  const late = { publishDelayMs: 1000 };
  const lives: Readonly<Record<string, Life>> = {
    "at AWS, with DNS at Cloudflare that is late": {
      cloud: () => aws(),
      dns: () => cloudflare({ zone: ZONE }),
      ...late,
    },
    "at Azure, with DNS at Route 53 that is late": {
      cloud: () => azure(),
      dns: () => route53({ zone: ZONE }),
      ...late,
    },
    "at DigitalOcean, with DNS at Google that is late": {
      cloud: () => digitalocean(),
      dns: () => cloudDns({ zone: ZONE }),
      ...late,
    },
    "at Google, over IPv6 too, with DNS at Azure that is late": {
      cloud: () => google({ subnetwork: "dual" }),
      dns: () => azureDns({ zone: ZONE, resourceGroupName: "dns" }),
      ipv6: true,
      renamedByHand: /--ipv6-public-ptr-domain=mx\.example\.com\./,
      ...late,
    },
  };
  for (const [where, life] of Object.entries(lives)) {
    test(where, played(life));
  }
});
