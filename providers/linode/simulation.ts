/**
 * Linode as its provider plugin shows it: reserved addresses, IPv6 ranges of a Linode, rDNS that Linode sets only when
 * its resolver sees the forward record, and domains.
 */
import type { InSandbox } from "../internal/simulation/in-sandbox";
import { inventory } from "../internal/simulation/inventory";
import { retried } from "../internal/simulation/retried";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";

interface Linode {
  readonly ipv4: string;
  readonly slaac: string;
}

/** A Linode that the customer has before the program runs. */
export const ownLinode = 4711;

const linodes = inventory<Linode>();
const records = singleRecords();

function genericDefault(address: string): string | null {
  return address.includes(":") ? null : `${address.replaceAll(".", "-")}.ip.linodeusercontent.com`;
}

/** Linode's default names confirm. */
function allocateIpv4(world: Environment): string {
  const address = world.allocate(4);
  const name = genericDefault(address);
  world.setPtr(address, name);
  world.setRecords(String(name), "A", [address]);
  return address;
}

function releaseIpv4(address: string, world: Environment): void {
  world.release(address);
  world.setRecords(String(genericDefault(address)), "A", []);
}

function newLinode(id: string, world: Environment): Linode {
  const made = { ipv4: allocateIpv4(world), slaac: `${world.allocate(6)}f03c:91ff:fe24:3a2f` };
  linodes(world).set(id, made);
  return made;
}

function linodeWith(id: unknown, world: Environment): Linode {
  const known = linodes(world).get(String(id));
  if (known !== undefined) {
    return known;
  }
  if (id !== ownLinode && id !== String(ownLinode)) {
    throw new CloudError("[404] Not found");
  }
  return newLinode(String(ownLinode), world);
}

/** What the plugin adds to an address and to a record, as seen with pulumi-linode 5.1.1 against a fake of the API. */
const ipDefaults: Properties = { gateway: "", prefix: 24, public: true, subnetMask: "255.255.255.0", type: "ipv4" };
const recordDefaults: Properties = { port: 0, priority: 0, protocol: "", service: "", tag: "", ttlSec: 0, weight: 0 };

const networkingIp: SimulatedResource = {
  replaceOn: [],
  // An address that is not reserved cannot move (`ModifyPlan` in `networkingip/framework_resource.go`).
  replacedBy: (changed, _state, inputs) =>
    inputs.reserved === true ? [] : changed.filter((key) => key === "linodeId"),
  check: (inputs) => {
    if (inputs.linodeId === undefined && (inputs.reserved !== true || inputs.region === undefined)) {
      throw new CloudError("Error creating IP Address: [400] [linode_id] linode_id is required for non-reserved IPs");
    }
    return inputs;
  },
  create: (inputs, world) => {
    if (inputs.linodeId !== undefined) {
      linodeWith(inputs.linodeId, world);
    }
    const address = allocateIpv4(world);
    return {
      id: address,
      outputs: { ...ipDefaults, region: "us-east", ...inputs, address, rdns: genericDefault(address) },
    };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  delete: (id, _outputs, world) => releaseIpv4(id, world),
};

const ipv6Range: SimulatedResource = {
  replaceOn: ["prefixLength", "routeTarget"],
  // `routeTarget` is then not known, and replaces whatever its value (seen with the plugin of 3.9.0).
  replacedBy: (changed) => changed.filter((key) => key === "linodeId"),
  check: (inputs) => {
    if (![56, 64].includes(Number(inputs.prefixLength))) {
      throw new CloudError(`Attribute prefix_length value must be one of: ["56" "64"], got: ${inputs.prefixLength}`);
    }
    if (inputs.linodeId === undefined && inputs.routeTarget === undefined) {
      throw new CloudError("Failed to create ipv6 range.: Either linode_id or route_target must be specified.");
    }
    return inputs;
  },
  create: (inputs, world) => {
    const { slaac } = linodeWith(inputs.linodeId, world);
    const range = world.allocate(6);
    const outputs = {
      ...inputs,
      range,
      routeTarget: slaac,
      isBgp: false,
      linodes: [inputs.linodeId],
      region: "us-east",
    };
    return { id: range, outputs };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  delete: (id, _outputs, world) => world.release(id),
};

const instance: SimulatedResource = {
  replaceOn: ["region", "image"],
  create: (inputs, world) => {
    const id = String(world.nextId());
    const { ipv4, slaac } = newLinode(id, world);
    return { id, outputs: { ...inputs, ipAddress: ipv4, ipv4s: [ipv4], ipv6: `${slaac}/128`, status: "running" } };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  delete: (id, outputs, world) => {
    linodes(world).delete(id);
    releaseIpv4(String(outputs.ipAddress), world);
    world.release(String(outputs.ipv6).replace(/\/\d+$/, ""));
  },
};

/** What Linode says when its resolver does not see the name lead back; undefined when it does. */
function refusal({ address, rdns }: Properties, world: Environment): string | undefined {
  const seen = world.resolve(String(rdns), String(address).includes(":") ? "AAAA" : "A");
  if (seen.length === 0) {
    return `[400] [rdns] Unable to perform a lookup for '${rdns}'. RDNS was not changed.`;
  }
  return seen.includes(String(address))
    ? undefined
    : `[400] [rdns] ${rdns} must have a matching forward entry for ${address}`;
}

async function setRdns(inputs: Properties, world: Environment, verb: "create" | "update"): Promise<void> {
  const why = await retried(() => refusal(inputs, world), inputs.waitForAvailable === true ? "15m" : undefined);
  if (why !== undefined) {
    const wrapped = inputs.waitForAvailable === true ? "failed to update ip address: context deadline exceeded" : why;
    throw new CloudError(`Failed to ${verb} ${verb === "create" ? "" : "the "}Linode RDNS: ${wrapped}`);
  }
  world.setPtr(String(inputs.address), String(inputs.rdns));
}

const rdns: SimulatedResource = {
  replaceOn: ["address"],
  check: (inputs) => {
    const { length } = String(inputs.rdns);
    if (length < 3 || length > 254) {
      throw new CloudError(`Attribute rdns string length must be between 3 and 254, got: ${length}`);
    }
    return { waitForAvailable: false, ...inputs };
  },
  create: async (inputs, world) => {
    await setRdns(inputs, world, "create");
    return { id: String(inputs.address), outputs: inputs };
  },
  update: async (_id, olds, inputs, world) => {
    if (olds.rdns !== inputs.rdns) {
      await setRdns(inputs, world, "update");
    }
    return { ...olds, ...inputs };
  },
  read: (id, outputs, world) => ({ ...outputs, rdns: world.ptr(id) ?? "" }),
  delete: (_id, outputs, world) => world.setPtr(String(outputs.address), genericDefault(String(outputs.address))),
};

const TYPES = ["A", "AAAA", "NS", "MX", "CNAME", "TXT", "SRV", "PTR", "CAA"];
const TTLS = [30, 120, 300, 3600, 7200, 14400, 28800, 57600, 86400, 172800, 345600, 604800, 1209600, 2419200];

function zoneWith(domainId: unknown, world: Environment): string {
  const zone = world.zones()[Number(domainId) - 1];
  if (zone === undefined) {
    throw new CloudError("Error creating a Linode DomainRecord: [404] Not found");
  }
  return zone;
}

/** The API cuts the domain off a name that was given in full. */
function relative(name: unknown, zone: string): string {
  const given = String(name ?? "");
  return given === zone ? "" : given.endsWith(`.${zone}`) ? given.slice(0, -zone.length - 1) : given;
}

function put(id: string, inputs: Properties, world: Environment): Properties {
  const zone = zoneWith(inputs.domainId, world);
  const name = relative(inputs.name, zone);
  const type = String(inputs.recordType);
  const isName = ["MX", "CNAME", "PTR", "NS"].includes(type);
  const target = `${inputs.target}${isName ? "." : ""}`;
  const ttl = TTLS.find((valid) => valid >= Number(inputs.ttlSec ?? 3600)) ?? 2419200;
  const value = type === "MX" ? `${inputs.priority ?? 0} ${target}` : target;
  records.put(world, id, { owner: name === "" ? zone : `${name}.${zone}`, type, value, ttl });
  return inputs;
}

const domainRecord = records.resource({
  replaceOn: ["domainId", "recordType"],
  check: (inputs) => {
    if (!TYPES.includes(String(inputs.recordType))) {
      throw new CloudError(`expected record_type to be one of ["${TYPES.join('" "')}"], got ${inputs.recordType}`);
    }
    if (String(inputs.name ?? "").length > 100) {
      throw new CloudError("expected length of name to be in the range (0 - 100)");
    }
    const priority = Number(inputs.priority ?? 0);
    if (priority < 0 || priority > 255) {
      throw new CloudError(`expected priority to be in the range (0 - 255), got ${priority}`);
    }
    return inputs;
  },
  // `name` is Optional and Computed: an empty one means "not given", so it is no change and nothing is sent
  // (`domainrecord/schema_resource.go`; `omitempty` in linodego).
  planned: (changed, _state, inputs) => changed.filter((key) => key !== "name" || !isEmpty(inputs.name)),
  write: (id, inputs, world) => ({ ...recordDefaults, name: "", ...put(id, inputs, world) }),
  update: (id, olds, inputs, world) => {
    const name = isEmpty(inputs.name) ? olds.name : inputs.name;
    return { ...olds, ...put(id, { ...inputs, name }, world) };
  },
  // `read` is the default: a 404 alone takes it out of the state. In `deleteResource` (`domainrecord/resource.go`) a 404 is an
  // error like any other.
  deletedTwice: (id) => new CloudError(`Error deleting Linode DomainRecord ${id}: [404] Not found`),
});

function isEmpty(name: unknown): boolean {
  return name === undefined || name === "";
}

export const linode: SimulatedCloud = {
  package: "linode",
  addresses: { v4: ["198.18.6.0/24"], v6: ["2001:db8:6::/48"], ownZones: ["ip.linodeusercontent.com"] },
  configure: (config) => {
    if (String(config.token ?? "") === "") {
      throw new CloudError("The Linode API Token is required.");
    }
  },
  resources: {
    "linode:index/networkingIp:NetworkingIp": networkingIp,
    "linode:index/ipv6Range:Ipv6Range": ipv6Range,
    "linode:index/instance:Instance": instance,
    "linode:index/rdns:Rdns": rdns,
    "linode:index/domainRecord:DomainRecord": domainRecord,
  },
  functions: {
    "linode:index/getInstanceNetworking:getInstanceNetworking": (args, world) => {
      const { ipv4, slaac } = linodeWith(args.linodeId, world);
      return {
        id: String(args.linodeId),
        linodeId: args.linodeId,
        ipv4s: [{ publics: [{ address: ipv4 }], privates: [], reserveds: [], shareds: [], vpcs: [] }],
        ipv6s: [{ slaac: { address: slaac }, linkLocal: { address: "fe80::1" }, globals: [] }],
      };
    },
    "linode:index/getDomains:getDomains": ({ filters = [] }, world) => {
      const wanted = (filters as { values: string[] }[]).flatMap(({ values }) => values);
      const domains = world
        .zones()
        .map((domain, index) => ({ id: index + 1, domain, type: "master", status: "active", ttlSec: 0, tags: [] }))
        .filter(({ domain }) => wanted.includes(domain));
      return { id: "domains", domains };
    },
  },
  config: { "linode:token": "0".repeat(64) },
};

export const inSandbox: InSandbox = { cloudConfig: { linode: String(ownLinode) } };
