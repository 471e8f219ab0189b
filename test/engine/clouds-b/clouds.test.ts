import { describe, test } from "node:test";
import { linode } from "../../../components/clouds/linode";
import { scaleway } from "../../../components/clouds/scaleway";
import { vultr } from "../../../components/clouds/vultr";
import { gandi } from "../../../components/dns/gandi";
import { linodeDns } from "../../../components/dns/linode";
import { ovhDns } from "../../../components/dns/ovh";
import { scalewayDns } from "../../../components/dns/scaleway";
import { vultrDns } from "../../../components/dns/vultr";
import { ownLinode } from "../../../sandbox/clouds/linode";
import { ownInstance } from "../../../sandbox/clouds/vultr";
import { type Life, played, ZONE } from "../clouds-a/life";

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
