/**
 * Vultr as its provider plugin shows it: PTRs that every change replaces, whose deletion resets them, set through the
 * instance that has the address; reserved addresses; domains without PTR records.
 */

import * as ipaddr from "ipaddr.js";
import type { InSandbox } from "../internal/simulation/in-sandbox";
import { inventory } from "../internal/simulation/inventory";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";

interface Instance {
  readonly mainIp: string;
  /** `2001:db8:7:1::`, of which the instance has one host. */
  readonly v6Network: string;
  readonly v6MainIp: string;
}

/** An instance that the customer has before the program runs. */
export const ownInstance = "cb676a46-66fd-4dfb-b839-443f2e6c0b60";

const instances = inventory<Instance>();
/** Reserved address or network -> id of the instance that has it. */
const attachments = inventory<string>();
const records = singleRecords();

function genericDefault(address: string): string {
  return `${address}.vultrusercontent.com`;
}

function allocateIpv4(world: Environment): string {
  const address = world.allocate(4);
  world.setPtr(address, genericDefault(address));
  world.setRecords(genericDefault(address), "A", [address]);
  return address;
}

function releaseIpv4(address: string, world: Environment): void {
  world.release(address);
  world.setRecords(genericDefault(address), "A", []);
}

function newInstance(id: string, world: Environment): Instance {
  const v6Network = world.allocate(6);
  const made = { mainIp: allocateIpv4(world), v6Network, v6MainIp: `${v6Network}5400:ff:fe00:1` };
  instances(world).set(id, made);
  return made;
}

function instanceWith(id: unknown, world: Environment): Instance | undefined {
  const known = instances(world).get(String(id));
  return known === undefined && id === ownInstance ? newInstance(ownInstance, world) : known;
}

/** Whether the instance has the address: its own, or of something reserved that is attached to it. */
function has(instanceId: string, address: string, world: Environment): boolean {
  const own = instanceWith(instanceId, world);
  const attached = [...attachments(world)].filter(([, id]) => id === instanceId).map(([reserved]) => reserved);
  if (!address.includes(":")) {
    return own?.mainIp === address || attached.includes(address);
  }
  const networks = [own?.v6Network, ...attached].filter((network) => network?.includes(":"));
  return networks.some((network) => ipaddr.IPv6.parse(address).match(ipaddr.IPv6.parse(network ?? "::"), 64));
}

const instance: SimulatedResource = {
  replaceOn: ["region"],
  create: (inputs, world) => {
    const id = `00000000-0000-4000-8000-${String(world.nextId()).padStart(12, "0")}`;
    return { id, outputs: { ...inputs, ...newInstance(id, world), v6NetworkSize: 64 } };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  delete: (id, outputs, world) => {
    instances(world).delete(id);
    releaseIpv4(String(outputs.mainIp), world);
    world.release(String(outputs.v6Network));
  },
};

function attach(subnet: string, instanceId: unknown, world: Environment): void {
  attachments(world).delete(subnet);
  if (instanceId === undefined || instanceId === "") {
    return;
  }
  if (instanceWith(instanceId, world) === undefined) {
    throw new CloudError(`error attaching reserved IP: {"error":"Invalid instance.","status":404}`);
  }
  attachments(world).set(subnet, String(instanceId));
}

const reservedIp: SimulatedResource = {
  replaceOn: ["region", "ipType"],
  check: (inputs) => {
    if (inputs.ipType !== "v4" && inputs.ipType !== "v6") {
      throw new CloudError(`expected ip_type to be one of ["v4" "v6"], got ${inputs.ipType}`);
    }
    return inputs;
  },
  create: (inputs, world) => {
    const subnet = inputs.ipType === "v4" ? allocateIpv4(world) : world.allocate(6);
    attach(subnet, inputs.instanceId, world);
    const id = `10000000-0000-4000-8000-${String(world.nextId()).padStart(12, "0")}`;
    return { id, outputs: { ...inputs, subnet, subnetSize: inputs.ipType === "v4" ? 32 : 64 } };
  },
  update: (_id, olds, inputs, world) => {
    attach(String(olds.subnet), inputs.instanceId, world);
    return { ...olds, ...inputs };
  },
  delete: (_id, outputs, world) => {
    const subnet = String(outputs.subnet);
    attachments(world).delete(subnet);
    if (outputs.ipType === "v4") {
      releaseIpv4(subnet, world);
    } else {
      world.release(subnet);
    }
  },
};

function create(family: 4 | 6): SimulatedResource["create"] {
  return (inputs, world) => {
    const { instanceId, ip, reverse } = inputs;
    if (instanceWith(instanceId, world) === undefined) {
      throw new CloudError(`error creating reverse IPv${family}: {"error":"Invalid instance.","status":404}`);
    }
    if (String(ip).includes(":") !== (family === 6) || !has(String(instanceId), String(ip), world)) {
      throw new CloudError(`error creating reverse IPv${family}: {"error":"Invalid IP address","status":400}`);
    }
    world.setPtr(String(ip), String(reverse));
    const outputs = family === 4 ? { ...inputs, netmask: "255.255.254.0", gateway: "198.18.7.1" } : inputs;
    return { id: String(ip), outputs };
  };
}

const reverseIpv4: SimulatedResource = {
  replaceOn: "*",
  create: create(4),
  read: (id, outputs, world) => {
    if (!has(String(outputs.instanceId), id, world)) {
      throw new CloudError(`error getting reverse IPv4s: <nil>, ${outputs.instanceId}`);
    }
    return { ...outputs, reverse: world.ptr(id) ?? "" };
  },
  delete: (id, _outputs, world) => world.setPtr(id, genericDefault(id)),
};

const reverseIpv6: SimulatedResource = {
  replaceOn: "*",
  create: create(6),
  // The API lists addresses written out, and the provider compares texts.
  read: (id, outputs, world) => {
    const ptr = world.ptr(id);
    return id.length === 39 && ptr !== null ? { ...outputs, reverse: ptr } : undefined;
  },
  delete: (id, _outputs, world) => world.setPtr(id, null),
};

/** The API's whole answer is the error (`govultr.go`). */
const INVALID_DOMAIN = '{"error":"Invalid domain.","status":404}';

const TYPES = ["A", "AAAA", "CNAME", "NS", "MX", "SRV", "TXT", "CAA", "SSHFP"];

function put(id: string, inputs: Properties, world: Environment): Properties {
  const zone = String(inputs.domain);
  const name = String(inputs.name ?? "");
  const type = String(inputs.type);
  const data = `${inputs.data}${["MX", "CNAME", "NS"].includes(type) ? "." : ""}`;
  const ttl = Number(inputs.ttl ?? 3600);
  const value = type === "MX" ? `${inputs.priority ?? 0} ${data}` : data;
  records.put(world, id, { owner: name === "" ? zone : `${name}.${zone}`, type, value, ttl });
  // The API answers -1 where a record has no priority (vultr/terraform-provider-vultr#295).
  return { ...inputs, ttl, priority: ["MX", "SRV"].includes(type) ? (inputs.priority ?? 0) : -1 };
}

const dnsRecord = records.resource({
  replaceOn: ["domain", "type"],
  // The state has what the API answered, and a priority that was not given is a change to none.
  planned: (changed, state, inputs) =>
    inputs.priority === undefined && state.priority !== undefined ? [...new Set([...changed, "priority"])] : changed,
  check: (inputs) => {
    if (!TYPES.includes(String(inputs.type))) {
      throw new CloudError(`expected type to be one of ["${TYPES.join('" "')}"], got ${inputs.type}`);
    }
    return inputs;
  },
  refuse: ({ domain }, world) => {
    if (!world.zones().includes(String(domain))) {
      throw new CloudError(`error creating DNS record : ${INVALID_DOMAIN}`);
    }
  },
  newId: (world) => `20000000-0000-4000-8000-${String(world.nextId()).padStart(12, "0")}`,
  write: put,
  // Any error of the API, a 403 or a 500 too, takes the record out of the state (`resource_vultr_dns_records.go:86`).
  read: (id, outputs, world) => (unreadable(world).has(id) || !records.isShown(world, id) ? undefined : outputs),
  // A 404 is an error like any other here (line 135 there).
  deletedTwice: (id) => new CloudError(`error deleting dns record ${id} : {"error":"Invalid record.","status":404}`),
});

/** Ids of records that the API refuses to show. */
export const unreadable = inventory<true>();

export const vultr: SimulatedCloud = {
  package: "vultr",
  addresses: { v4: ["198.18.7.0/24"], v6: ["2001:db8:7::/48"], ownZones: ["vultrusercontent.com"] },
  configure: (config) => {
    if (String(config.apiKey ?? "") === "") {
      throw new CloudError("Vultr API Key must be set");
    }
  },
  resources: {
    "vultr:index/instance:Instance": instance,
    "vultr:index/reservedIp:ReservedIp": reservedIp,
    "vultr:index/reverseIpv4:ReverseIpv4": reverseIpv4,
    "vultr:index/reverseIpv6:ReverseIpv6": reverseIpv6,
    "vultr:index/dnsRecord:DnsRecord": dnsRecord,
  },
  functions: {
    "vultr:index/getDnsDomain:getDnsDomain": ({ domain }, world) => {
      if (!world.zones().includes(String(domain))) {
        throw new CloudError(`error getting dns domains: ${INVALID_DOMAIN}`);
      }
      return { id: domain, domain, dateCreated: "2026-01-01T00:00:00+00:00", dnsSec: "disabled" };
    },
    "vultr:index/getInstance:getInstance": (args, world) => {
      const [filter] = (args.filters ?? []) as { name: string; values: string[] }[];
      const id = filter?.name === "id" ? filter.values[0] : undefined;
      const found = instanceWith(id, world);
      if (found === undefined) {
        throw new CloudError("no results were found");
      }
      return { id, ...found, v6NetworkSize: 64, region: "ewr" };
    },
  },
  config: { "vultr:apiKey": "0".repeat(36) },
};

export const inSandbox: InSandbox = { cloudConfig: { instance: ownInstance, location: "ewr" } };
