/** DigitalOcean as its provider plugin shows it: the droplet's name is the PTR of its addresses; domains without PTR. */
import { inventory } from "../internal/simulation/inventory";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";
import { inTurn } from "../internal/simulation/unknown-value";

const droplets = inventory<Properties>();
const records = singleRecords();

/** A name that is no host name in a domain makes no PTR. */
function ptrOf(name: string): string | null {
  return name.includes(".") ? name : null;
}

function named(outputs: Properties, world: Environment): void {
  const ptr = ptrOf(String(outputs.name));
  world.setPtr(String(outputs.ipv4Address), ptr);
  if (outputs.ipv6 === true) {
    // Of the droplet's 16 addresses the first alone.
    world.setPtr(String(outputs.ipv6Address), ptr);
  }
}

function checkedName(inputs: Properties): Properties {
  const name = String(inputs.name);
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(name)) {
    throw new CloudError("422 Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)");
  }
  return inputs;
}

/** What the plugin adds to a droplet and to a record, as seen with pulumi-digitalocean 4.80.1 against a fake of the API. */
const dropletDefaults: Properties = {
  backups: false,
  createdAt: "2026-11-21T00:00:00Z",
  disk: 25,
  gracefulShutdown: false,
  ipv4AddressPrivate: "",
  ipv6: false,
  locked: false,
  memory: 1024,
  monitoring: false,
  priceHourly: 0.00893,
  priceMonthly: 6,
  privateNetworking: false,
  publicNetworking: true,
  resizeDisk: true,
  vcpus: 1,
  volumeIds: [],
  vpcUuid: "",
};
const recordDefaults: Properties = { flags: 0, port: 0, priority: 0, tag: "", weight: 0 };

const droplet: SimulatedResource = {
  replaceOn: [
    "image",
    "region",
    "sshKeys",
    "userData",
    "monitoring",
    "dropletAgent",
    "vpcUuid",
    "publicNetworking",
    "gpuPartitionMode",
  ],
  // IPv6 cannot be switched off, so the plugin makes another droplet, with another address (`CustomizeDiff` in
  // `digitalocean/droplet/resource_droplet.go`).
  replacedBy: (changed, state, inputs) =>
    changed.includes("ipv6") && state.ipv6 === true && inputs.ipv6 !== true ? ["ipv6"] : [],
  check: checkedName,
  create: (inputs, world) => {
    const id = String(world.nextId());
    const outputs: Properties = {
      ...dropletDefaults,
      ...inputs,
      ipv4Address: world.allocate(4),
      ipv6Address: inputs.ipv6 === true ? `${world.allocate(6)}1` : "",
      status: "active",
      dropletUrn: `do:droplet:${id}`,
    };
    droplets(world).set(id, { ...outputs, id: Number(id) });
    named(outputs, world);
    return { id, outputs };
  },
  update: (id, olds, inputs, world) => {
    const outputs: Properties = { ...olds, ...inputs };
    if (inputs.ipv6 === true && olds.ipv6 !== true) {
      outputs.ipv6Address = `${world.allocate(6)}1`;
      world.setPtr(String(outputs.ipv6Address), ptrOf(String(outputs.name)));
    }
    droplets(world).set(id, { ...outputs, id: Number(id) });
    if (olds.name !== inputs.name) {
      named(outputs, world);
    }
    return outputs;
  },
  read: (id, _outputs, world) => {
    const known = droplets(world).get(id);
    return known && { ..._outputs, name: known.name, ipv6: known.ipv6 };
  },
  delete: (id, outputs, world) => {
    droplets(world).delete(id);
    world.release(String(outputs.ipv4Address));
    if (outputs.ipv6 === true) {
      world.release(String(outputs.ipv6Address));
    }
  },
};

const reservedIp: SimulatedResource = {
  replaceOn: ["region", "ipAddress"],
  create: (inputs, world) => {
    const ipAddress = world.allocate(4);
    return { id: ipAddress, outputs: { ...inputs, ipAddress } };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  delete: (id, _outputs, world) => world.release(id),
};

const TYPES = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV"];

/** In the provider's `CustomizeDiff`: a priority that is not known yet counts as none. */
function checkedPriority(inputs: Properties): Properties {
  if (inputs.type === "MX" && typeof inputs.priority !== "number") {
    throw new CloudError("`priority` is required for when type is `MX`");
  }
  return inputs;
}

function checkedRecord(inputs: Properties): Properties {
  const { type } = inputs;
  if (!TYPES.includes(String(type))) {
    throw new CloudError(`expected type to be one of ["${TYPES.join('" "')}"], got ${type}`);
  }
  return inputs;
}

/** What the API alone refuses; the plugin's check asks it nothing. */
function refuseRecord({ domain, type, value }: Properties, world: Environment): void {
  if (!world.zones().includes(String(domain))) {
    throw new CloudError(
      `Failed to create record: POST https://api.digitalocean.com/v2/domains/${domain}/records: 404 The resource you requested could not be found.`,
    );
  }
  if (["CNAME", "MX", "NS", "SRV"].includes(String(type)) && !String(value).endsWith(".") && value !== "@") {
    throw new CloudError(
      `Failed to create record: POST https://api.digitalocean.com/v2/domains/${domain}/records: 422 Data needs to end with a dot (.)`,
    );
  }
}

function put(id: string, inputs: Properties, world: Environment): Properties {
  const name = inputs.name === undefined ? "@" : String(inputs.name);
  const owner = name === "@" ? String(inputs.domain) : `${name}.${inputs.domain}`;
  const ttl = Number(inputs.ttl ?? 1800);
  const value = inputs.type === "MX" ? `${inputs.priority} ${inputs.value}` : String(inputs.value);
  records.put(world, id, { owner, type: String(inputs.type), value, ttl });
  return { ...recordDefaults, ...inputs, name, ttl, fqdn: owner };
}

const dnsRecord = records.resource({
  replaceOn: ["domain", "type"],
  check: inTurn(checkedPriority, checkedRecord),
  refuse: refuseRecord,
  write: put,
  // `read` is the default: a 404 alone takes it out of the state.
});

export const digitalocean: SimulatedCloud = {
  package: "digitalocean",
  addresses: { v4: ["198.18.5.0/24"], v6: ["2001:db8:5::/48"] },
  resources: {
    "digitalocean:index/droplet:Droplet": droplet,
    "digitalocean:index/reservedIp:ReservedIp": reservedIp,
    "digitalocean:index/dnsRecord:DnsRecord": dnsRecord,
  },
  functions: {
    "digitalocean:index/getDroplet:getDroplet": (args, world) => {
      const found = droplets(world).get(String(args.id));
      if (!found) {
        throw new CloudError(`droplet not found: no droplet found with ID ${args.id}`);
      }
      return found;
    },
    "digitalocean:index/getDomain:getDomain": (args, world) => {
      if (!world.zones().includes(String(args.name))) {
        throw new CloudError("domain not found");
      }
      return { id: args.name, name: args.name, ttl: 1800, domainUrn: `do:domain:${args.name}`, zoneFile: "" };
    },
  },
  config: { "digitalocean:token": `dop_v1_${"0".repeat(64)}` },
};
