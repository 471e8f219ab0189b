import { describe, test } from "node:test";
import { gandi } from "../../../providers/gandi/dns";
import { linode } from "../../../providers/linode/cloud";
import { linodeDns } from "../../../providers/linode/dns";
import { ownLinode } from "../../../providers/linode/simulation";
import { ovhDns } from "../../../providers/ovh/dns";
import { scaleway } from "../../../providers/scaleway/cloud";
import { scalewayDns } from "../../../providers/scaleway/dns";
import { vultr } from "../../../providers/vultr/cloud";
import { vultrDns } from "../../../providers/vultr/dns";
import { ownInstance } from "../../../providers/vultr/simulation";
import { type Life, played, ZONE } from "../hyperscalers/life";

describe("a sending IP comes up, is renamed and goes, without a moment after a run in which it has no PTR", () => {
  const late = { publishDelayMs: 1500 };
  const lives: Readonly<Record<string, Life>> = {
    "at Linode, over IPv6 too, with DNS at Gandi that is late": {
      cloud: () => linode({ create: { linode: ownLinode } }),
      dns: () => gandi({ zone: ZONE }),
      ...late,
    },
    "at Linode, with DNS at Linode": {
      cloud: () => linode(),
      dns: () => linodeDns({ zone: ZONE }),
    },
    "at Vultr, over IPv6 too, with DNS at Linode that is late": {
      cloud: () => vultr({ instance: ownInstance, create: { region: "ewr" } }),
      dns: () => linodeDns({ zone: ZONE }),
      ...late,
    },
    "at Vultr, over IPv6 too, with DNS at Vultr": {
      cloud: () => vultr({ instance: ownInstance, create: { region: "ewr" } }),
      dns: () => vultrDns({ zone: ZONE }),
    },
    "at Scaleway, over IPv6 too, with DNS at OVHcloud that is late": {
      cloud: () => scaleway({ create: { zone: "nl-ams-1" } }),
      dns: () => ovhDns({ zone: ZONE }),
      ...late,
    },
    "at Scaleway, over IPv6 too, with DNS at Scaleway": {
      cloud: () => scaleway(),
      dns: () => scalewayDns({ zone: ZONE }),
    },
  };
  for (const [where, life] of Object.entries(lives)) {
    test(where, played(life));
  }
});
