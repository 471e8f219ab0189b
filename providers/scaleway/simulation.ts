/**
 * Scaleway as its provider plugin shows it: flexible addresses, PTRs that stay on the old address when they are moved,
 * IPv6 blocks in IPAM whose one PTR erases the others, and zones.
 */
import * as ipaddr from "ipaddr.js";
import { inventory } from "../internal/simulation/inventory";
import { retried } from "../internal/simulation/retried";
import {
  CloudError,
  type Environment,
  InitializationError,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";

interface FlexibleIp {
  readonly id: string;
  readonly zone: string;
  readonly address: string;
  /** What the address is called when nobody says otherwise; null for IPv6. */
  readonly generic: string | null;
}

interface Block {
  /** `2001:db8:8:1::/64` */
  readonly address: string;
  readonly region: string;
  /** Addresses in it that have a PTR. */
  readonly reverses: Set<string>;
}

/** How it misbehaves; a stack sets it as `scaleway:sandbox`, JSON. */
export interface ScalewayBehaviour {
  /** How many requests for a PTR its own resolver answers with "no such name", for each address and name. @default 0 */
  readonly blindTries?: number;
}

let { blindTries = 0 }: ScalewayBehaviour = {};
const blind = inventory<number>();
const flexibleIps = inventory<FlexibleIp>();
const blocks = inventory<Block>();
const records = singleRecords();

/** The project in the plugin's config. */
const OWN_PROJECT = "00000000-0000-4000-8000-000000000000";

/** What the plugin adds to an address and to a record, as seen with pulumi-scaleway 1.54.0 against a fake of the API. */
const ipDefaults: Properties = { organizationId: OWN_PROJECT, projectId: OWN_PROJECT, serverId: "" };
const recordDefaults: Properties = { priority: 0, projectId: OWN_PROJECT, views: [], weighteds: [] };

function uuid(kind: number, world: Environment): string {
  return `${kind}0000000-0000-4000-8000-${String(world.nextId()).padStart(12, "0")}`;
}

function notFound(resource: string, id: unknown): CloudError {
  return new CloudError(`scaleway-sdk-go: resource ${resource} with ID ${id} is not found`);
}

function unlocalized(id: unknown): string {
  return String(id).replace(/^.*\//, "");
}

const ip: SimulatedResource = {
  replaceOn: ["type", "zone", "projectId"],
  create: (inputs, world) => {
    const zone = String(inputs.zone ?? "fr-par-1");
    const id = uuid(1, world);
    if (inputs.type !== "routed_ipv6") {
      const address = world.allocate(4);
      const generic = `${id}.pub.instances.scw.cloud`;
      world.setPtr(address, generic);
      flexibleIps(world).set(id, { id, zone, address, generic });
      return {
        id: `${zone}/${id}`,
        outputs: { ...ipDefaults, ...inputs, zone, address, prefix: `${address}/32`, reverse: generic },
      };
    }
    const network = world.allocate(6);
    const region = zone.replace(/-\d+$/, "");
    flexibleIps(world).set(id, { id, zone, address: network, generic: null });
    blocks(world).set(`${region}/${uuid(2, world)}`, { address: `${network}/64`, region, reverses: new Set() });
    return {
      id: `${zone}/${id}`,
      outputs: { ...ipDefaults, ...inputs, zone, address: network, prefix: `${network}/64`, reverse: "" },
    };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  read: (id, outputs, world) => (flexibleIps(world).has(unlocalized(id)) ? outputs : undefined),
  delete: (id, outputs, world) => {
    flexibleIps(world).delete(unlocalized(id));
    for (const [blockId, block] of blocks(world)) {
      if (block.address === outputs.prefix) {
        blocks(world).delete(blockId);
      }
    }
    world.release(String(outputs.address));
  },
};

/** What Scaleway says when the name does not lead back; undefined when it does. */
function refusal(hostname: unknown, address: string, sees: boolean, world: Environment): string | undefined {
  return sees && world.resolve(String(hostname), address.includes(":") ? "AAAA" : "A").includes(address)
    ? undefined
    : `scaleway-sdk-go: invalid argument(s): reverse does not respect constraint, Your reverse must resolve. Ensure the command 'dig +short ${hostname}' matches your IP address ${address}`;
}

/** Whether its resolver answers this request as the name servers do. */
function seesNow(hostname: unknown, address: string, world: Environment): boolean {
  const left = blind(world).get(`${address} ${hostname}`) ?? blindTries;
  blind(world).set(`${address} ${hostname}`, Math.max(0, left - 1));
  return left === 0;
}

/** What the plugin takes where a resource says nothing: its config, which the stack leaves at this. */
const OWN_ZONE = "fr-par-1";
const OWN_REGION = "fr-par";

function localityOf(id: unknown): string | undefined {
  return /^([^/]+)\//.exec(String(id))?.[1];
}

/** Found only in its own zone, whatever zone the id names. */
function flexibleIp(id: unknown, zone: string, world: Environment): FlexibleIp {
  const found = flexibleIps(world).get(unlocalized(id));
  if (found === undefined || found.zone !== zone) {
    throw notFound("instance_ip", id);
  }
  return found;
}

async function setReverse(id: unknown, zone: string, hostname: unknown, world: Environment): Promise<void> {
  const { address } = flexibleIp(id, zone, world);
  const sees = seesNow(hostname, address, world);
  const why = await retried(() => refusal(hostname, address, sees, world), "10m");
  if (why !== undefined) {
    throw new CloudError(why);
  }
  world.setPtr(address, String(hostname));
}

/**
 * What fails after its id is known stays in the state, with what was wanted (`initializationError` in the bridge's
 * `pkg/tfbridge/provider.go`; seen with the plugin of 2.79.0).
 */
async function keeping(id: string, wanted: Properties, request: () => void | Promise<void>): Promise<void> {
  try {
    await request();
  } catch (error) {
    throw error instanceof CloudError ? new InitializationError(error.message, id, wanted) : error;
  }
}

const ipReverseDns: SimulatedResource = {
  // `zonal.Schema()`
  replaceOn: ["zone"],
  // `cdf.LocalityCheck("ip_id")`: as soon as the id is known, so not before the first `up`.
  check: (inputs) => {
    const zone = String(inputs.zone ?? OWN_ZONE);
    const locality = localityOf(inputs.ipId);
    if (locality !== undefined && locality !== zone) {
      throw new CloudError(`given ip_id ${inputs.ipId} has different locality than the resource "${zone}"`);
    }
    return inputs;
  },
  create: async (inputs, world) => {
    const zone = String(inputs.zone ?? OWN_ZONE);
    const id = `${zone}/${unlocalized(inputs.ipId)}`;
    const outputs = { ...inputs, zone };
    flexibleIp(id, zone, world);
    await keeping(id, outputs, () => setReverse(id, zone, inputs.reverse, world));
    return { id, outputs };
  },
  // An `ipId` that has changed does not matter to it: it goes on with the address of its own id.
  update: async (id, olds, inputs, world) => {
    const outputs = { ...olds, ...inputs };
    if (olds.reverse !== inputs.reverse) {
      await keeping(id, outputs, () => setReverse(id, String(localityOf(id)), inputs.reverse, world));
    }
    return outputs;
  },
  read: (id, outputs, world) => {
    const found = flexibleIps(world).get(unlocalized(id));
    return found && { ...outputs, reverse: world.ptr(found.address) ?? "" };
  },
  delete: (id, _outputs, world) => {
    const { address, generic } = flexibleIp(id, String(localityOf(id)), world);
    world.setPtr(address, generic);
  },
};

function block(id: unknown, region: string, world: Environment): Block {
  const found = [...blocks(world)].find(([blockId]) => unlocalized(blockId) === unlocalized(id));
  if (found === undefined || found[1].region !== region) {
    throw notFound("ip", id);
  }
  return found[1];
}

/** The whole list of a block's PTRs, each time. */
function setReverses(
  id: string,
  reverses: readonly { hostname: unknown; address: unknown }[],
  world: Environment,
): void {
  const own = block(id, String(localityOf(id)), world);
  for (const { hostname, address } of reverses) {
    if (!ipaddr.parse(String(address)).match(ipaddr.parseCIDR(own.address) as [ipaddr.IPv6, number])) {
      throw new CloudError(
        "scaleway-sdk-go: invalid argument(s): reverses does not respect constraint, address is not in the IP",
      );
    }
    const why = refusal(hostname, String(address), seesNow(hostname, String(address), world), world);
    if (why !== undefined) {
      throw new CloudError(why);
    }
  }
  for (const address of own.reverses) {
    world.setPtr(address, null);
  }
  own.reverses.clear();
  for (const { hostname, address } of reverses) {
    world.setPtr(String(address), String(hostname));
    own.reverses.add(String(address));
  }
}

const ipamReverseDns: SimulatedResource = {
  // `regional.Schema()`
  replaceOn: ["region"],
  create: async ({ ipamIpId, hostname, address, ...rest }, world) => {
    const region = String(rest.region ?? OWN_REGION);
    const id = `${region}/${unlocalized(ipamIpId)}`;
    const outputs = { ...rest, region, ipamIpId, hostname, address };
    block(id, region, world);
    await keeping(id, outputs, () => setReverses(id, [{ hostname, address }], world));
    return { id, outputs };
  },
  // As with `ipId` above.
  update: async (id, olds, inputs, world) => {
    const { hostname, address } = inputs;
    const outputs = { ...olds, ...inputs };
    if (olds.hostname !== hostname || olds.address !== address) {
      await keeping(id, outputs, () => setReverses(id, [{ hostname, address }], world));
    }
    return outputs;
  },
  // A PTR that is gone is not noticed, an address that is gone is.
  read: (id, outputs, world) =>
    [...blocks(world).keys()].some((own) => unlocalized(own) === unlocalized(id)) ? outputs : undefined,
  delete: (id, _outputs, world) => setReverses(id, [], world),
};

function put(id: string, inputs: Properties, world: Environment): Properties {
  const zone = String(inputs.dnsZone);
  const name = String(inputs.name ?? "");
  const type = String(inputs.type);
  const data = String(inputs.data);
  const target = ["CNAME", "NS", "MX"].includes(type) ? absolute(data, zone) : data;
  const ttl = Number(inputs.ttl ?? 3600);
  const owner = name === "" || name === "@" ? zone : `${name}.${zone}`;
  const text = target.startsWith('"') ? target : `"${target}"`;
  const value = type === "MX" ? `${inputs.priority ?? 0} ${target}` : type === "TXT" ? text : target;
  records.put(world, id, { owner, type, value, ttl });
  // What is read: text without its outer quotes (`FlattenDomainData` in `domain/types.go`).
  const read = type === "TXT" ? data.replace(/^"+|"+$/g, "") : data;
  return { ...recordDefaults, ...inputs, data: read, ttl, fqdn: owner, rootZone: true };
}

function absolute(target: string, zone: string): string {
  const bare = target.replace(/\.$/, "");
  return bare.includes(".") ? `${bare}.` : `${bare}.${zone}.`;
}

const domainRecord = records.resource({
  replaceOn: ["dnsZone", "name", "type"],
  // The state is compared as it was read, quotes and all (`DiffSuppressFunc` of `data` knows CNAME, NS, MX and SRV alone).
  planned: (changed, state, inputs) =>
    inputs.type === "TXT" && inputs.data !== state.data ? [...new Set([...changed, "data"])] : changed,
  check: (inputs) => {
    const ttl = Number(inputs.ttl ?? 3600);
    if (ttl < 60 || ttl > 2592000) {
      throw new CloudError(`expected ttl to be in the range (60 - 2592000), got ${ttl}`);
    }
    return inputs;
  },
  refuse: ({ dnsZone }, world) => {
    if (!world.zones().includes(String(dnsZone))) {
      throw new CloudError("scaleway-sdk-go: insufficient permissions: write dns_zone");
    }
  },
  newId: (world) => uuid(3, world),
  write: put,
  // `read` is the default: a 403 takes it out of the state as a 404 does (`resourceDomainRecordRead` in `domain/record.go`).
});

export const scaleway: SimulatedCloud = {
  package: "scaleway",
  addresses: { v4: ["198.18.8.0/24"], v6: ["2001:db8:8::/48"], ownZones: ["instances.scw.cloud"] },
  configure: (config) => {
    ({ blindTries = 0 } = JSON.parse(String(config.sandbox ?? "{}")) as ScalewayBehaviour);
    if (!/^SCW[A-Z0-9]{17}$/.test(String(config.accessKey ?? ""))) {
      throw new CloudError("scaleway-sdk-go: access key format is incorrect, expected SCWXXXXXXXXXXXXXXXXX");
    }
  },
  resources: {
    "scaleway:instance/ip:Ip": ip,
    "scaleway:instance/ipReverseDns:IpReverseDns": ipReverseDns,
    "scaleway:ipam/ipReverseDns:IpReverseDns": ipamReverseDns,
    "scaleway:domain/record:Record": domainRecord,
  },
  functions: {
    // `readZoneIntoState` in `domain/zone.go`.
    "scaleway:domain/getZone:getZone": ({ domain = "", subdomain = "" }, world) => {
      const zone = subdomain === "" ? String(domain) : `${subdomain}.${domain}`;
      if (!world.zones().includes(zone)) {
        throw new CloudError(`no zone found with the name ${zone}`);
      }
      return { id: zone, domain, subdomain, ns: [], nsDefaults: [], nsMasters: [], status: "active", message: "" };
    },
    "scaleway:instance/getIp:getIp": (args, world) => {
      const found = flexibleIps(world).get(unlocalized(args.id));
      // Without an error where the zone has no such address: `SetId("")` (`instance/ip_data_source.go`).
      if (found === undefined || found.zone !== (args.zone ?? OWN_ZONE)) {
        return { id: "" };
      }
      const { address } = found;
      return { id: args.id, address, prefix: `${address}/32`, type: "routed_ipv4", reverse: world.ptr(address) ?? "" };
    },
    "scaleway:ipam/getIp:getIp": (args, world) => {
      const { address } = block(args.ipamIpId, String(args.region ?? OWN_REGION), world);
      return { id: args.ipamIpId, address: address.replace(/\/\d+$/, ""), addressCidr: address };
    },
    "scaleway:ipam/getIps:getIps": (args, world) => {
      const region = String(args.region ?? "fr-par");
      const listed = args.type === "ipv4" ? [] : [...blocks(world)].filter(([, { region: own }]) => own === region);
      return { id: region, region, ips: listed.map(([id, { address }]) => ({ id, address, region, tags: [] })) };
    },
  },
  config: {
    "scaleway:accessKey": "SCW00000000000000000",
    "scaleway:secretKey": "00000000-0000-4000-8000-000000000000",
    "scaleway:projectId": OWN_PROJECT,
  },
};
