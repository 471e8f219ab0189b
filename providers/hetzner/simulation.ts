/**
 * Hetzner Cloud as its provider plugin shows it: primary and floating addresses, rDNS that falls back to the generic
 * default when it is deleted, DNS zones.
 */
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
} from "../internal/simulation/simulated-cloud";

/** `static.d.c.b.a.clients.your-server.de` for IPv4; IPv6 has no default. */
function genericDefault(address: string): string | null {
  return address.includes(":") ? null : `static.${address.split(".").reverse().join(".")}.clients.your-server.de`;
}

function allocated(type: unknown, world: Environment): Properties {
  const address = world.allocate(type === "ipv6" ? 6 : 4);
  world.setPtr(address, genericDefault(address));
  // `ip_network` is set for IPv6 alone (tf-hcloud 1.66.1 `internal/primaryip/model.go`).
  return type === "ipv6" ? { ipAddress: address, ipNetwork: `${address}/64` } : { ipAddress: address };
}

/** What the API adds to a primary IP that no server has (seen with pulumi-hcloud c3608de). */
function primaryIpDefaults(): Properties {
  return {
    assigneeId: 0,
    assigneeType: "server",
    autoDelete: false,
    deleteProtection: false,
    labels: {},
  };
}

function setPtr(properties: Properties, world: Environment): void {
  world.setPtr(String(properties.ipAddress), String(properties.dnsPtr));
}

function ownerOf(properties: Properties): string {
  const owners = { serverId: "s", primaryIpId: "p", floatingIpId: "f", loadBalancerId: "l" } as const;
  const given = Object.entries(owners).filter(([key]) => properties[key] !== undefined);
  if (given.length !== 1) {
    throw new CloudError(
      `only one of \`${Object.keys(owners).join(",")}\` can be specified, but \`${given.map(([key]) => key).join(",")}\` were specified.`,
    );
  }
  return given.map(([key, letter]) => `${letter}-${properties[key]}`).join();
}

/** Names in a zone are relative; the apex is `@`. */
function ownerName(properties: Properties): string {
  return properties.name === "@" ? String(properties.zone) : `${properties.name}.${properties.zone}`;
}

/** The API's refusal of a record; the plugin's check asks it nothing. */
function requireZone({ zone }: Properties, world: Environment): void {
  if (!world.zones().includes(String(zone))) {
    throw new CloudError(`zone not found: ${zone} (not_found)`);
  }
}

function values(properties: Properties): string[] {
  return (properties.records as { value: string }[]).map((record) => record.value);
}

function publish(properties: Properties, world: Environment): void {
  const ttl = typeof properties.ttl === "number" ? properties.ttl : undefined;
  world.setRecords(ownerName(properties), String(properties.type), values(properties), ttl);
}

/** An address object that exists already is found by its number; the simulation knows those made in it. */
const made = new WeakMap<Environment, Map<string, Properties>>();

function madeIn(world: Environment): Map<string, Properties> {
  const known = made.get(world) ?? new Map<string, Properties>();
  made.set(world, known);
  return known;
}

function addressResource(
  kind: string,
  typeOf: (inputs: Properties) => unknown,
  defaults: () => Properties = () => ({}),
): SimulatedCloud["resources"][string] {
  return {
    autoname: "name",
    replaceOn: ["type", "location", "homeLocation", "datacenter"],
    create: (inputs, world) => {
      const id = String(world.nextId());
      const outputs = { ...defaults(), ...inputs, ...allocated(typeOf(inputs), world) };
      madeIn(world).set(`${kind} ${id}`, { ...outputs, id: Number(id) });
      return { id, outputs };
    },
    update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
    read: (id, outputs, world) => (madeIn(world).has(`${kind} ${id}`) ? outputs : undefined),
    delete: (id, outputs, world) => {
      if (outputs.deleteProtection === true) {
        throw new CloudError("deletion is protected (protected)");
      }
      madeIn(world).delete(`${kind} ${id}`);
      world.release(String(outputs.ipAddress));
    },
  };
}

function lookup(kind: string) {
  return (args: Properties, world: Environment): Properties => {
    const found = madeIn(world).get(`${kind} ${args.id}`);
    if (!found) {
      throw new CloudError(`${kind} with ID '${args.id}' not found (not_found)`);
    }
    return found;
  };
}

/**
 * One value in a record set, which is made with the first and goes with the last (internal/zonerecord/resource.go of
 * terraform-provider-hcloud). That the API refuses a value that is there already is an assumption.
 */
const zoneRecord: SimulatedCloud["resources"][string] = {
  replaceOn: ["zone", "name", "type", "value"],
  create: (inputs, world) => {
    requireZone(inputs, world);
    const { value } = inputs;
    const present = world.records(ownerName(inputs), String(inputs.type));
    if (present.includes(asShown(value))) {
      throw new CloudError(`RRSet ${inputs.name}/${inputs.type} already has the record ${value} (uniqueness_error)`);
    }
    world.setRecords(ownerName(inputs), String(inputs.type), [...present, String(value)]);
    return { id: `${inputs.zone}/${inputs.name}/${inputs.type}/${value}`, outputs: { comment: "", ...inputs } };
  },
  update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
  read: (_id, outputs, world) =>
    world.records(ownerName(outputs), String(outputs.type)).includes(asShown(outputs.value)) ? outputs : undefined,
  delete: (_id, outputs, world) => {
    const present = world.records(ownerName(outputs), String(outputs.type));
    world.setRecords(
      ownerName(outputs),
      String(outputs.type),
      present.filter((value) => value !== asShown(outputs.value)),
    );
  },
};

/** Text as name servers show it: without the quotes of a zone file. */
function asShown(value: unknown): string {
  return [...String(value).matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => text?.replaceAll(/\\(.)/g, "$1"))
    .join("");
}

export const hetzner: SimulatedCloud = {
  package: "hcloud",
  addresses: { v4: ["203.0.113.0/24"], v6: ["2001:db8:1::/48"], ownZones: ["clients.your-server.de"] },
  configure: (config) => {
    if (String(config.token ?? "").length !== 64) {
      throw new CloudError("the entered token is invalid (must be exactly 64 characters long)");
    }
  },
  resources: {
    "hcloud:index/primaryIp:PrimaryIp": addressResource("primary ip", (inputs) => inputs.type, primaryIpDefaults),
    "hcloud:index/floatingIp:FloatingIp": addressResource("floating ip", (inputs) => inputs.type),
    "hcloud:index/server:Server": {
      replaceOn: ["image", "location", "datacenter", "userData", "sshKeys"],
      create: (inputs, world) => {
        const id = String(world.nextId());
        const network = String(allocated("ipv6", world).ipAddress);
        const ipv4 = String(allocated("ipv4", world).ipAddress);
        const outputs = { ...inputs, ipv4Address: ipv4, ipv6Address: `${network}1`, ipv6Network: `${network}/64` };
        madeIn(world).set(`server ${id}`, { ...outputs, id: Number(id) });
        return { id, outputs };
      },
      update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
      delete: (id, outputs, world) => {
        madeIn(world).delete(`server ${id}`);
        world.release(String(outputs.ipv4Address));
        world.release(String(outputs.ipv6Address));
      },
    },
    "hcloud:index/rdns:Rdns": {
      replaceOn: ["serverId", "primaryIpId", "floatingIpId", "loadBalancerId", "ipAddress"],
      check: (inputs) => {
        ownerOf(inputs);
        return inputs;
      },
      create: (inputs, world) => {
        setPtr(inputs, world);
        return { id: `${ownerOf(inputs)}-${inputs.ipAddress}`, outputs: inputs };
      },
      update: (_id, olds, inputs, world) => {
        setPtr(inputs, world);
        return { ...olds, ...inputs };
      },
      // An address without a PTR has none in the API's list, and the plugin takes the resource out of the state
      // (`internal/rdns/resource.go`, `Read`). IPv4 falls back to its default instead.
      read: (_id, outputs, world) => {
        const dnsPtr = world.ptr(String(outputs.ipAddress));
        return dnsPtr === null ? undefined : { ...outputs, dnsPtr };
      },
      delete: (_id, outputs, world) => {
        const address = String(outputs.ipAddress);
        world.setPtr(address, genericDefault(address));
      },
    },
    "hcloud:index/zoneRrset:ZoneRrset": {
      replaceOn: ["name", "type", "zone"],
      create: (inputs, world) => {
        requireZone(inputs, world);
        if (world.records(ownerName(inputs), String(inputs.type)).length > 0) {
          throw new CloudError(`RRSet ${inputs.name}/${inputs.type} already exists (uniqueness_error)`);
        }
        publish(inputs, world);
        return { id: `${inputs.name}/${inputs.type}`, outputs: { changeProtection: false, labels: {}, ...inputs } };
      },
      update: (_id, olds, inputs, world) => {
        publish(inputs, world);
        return { ...olds, ...inputs };
      },
      // A 404 takes it out of the state (`internal/zonerrset/resource.go`, `Read`).
      read: (_id, outputs, world) =>
        world.records(ownerName(outputs), String(outputs.type)).length > 0 ? outputs : undefined,
      delete: (_id, outputs, world) => world.setRecords(ownerName(outputs), String(outputs.type), []),
    },
    "hcloud:index/zoneRecord:ZoneRecord": zoneRecord,
  },
  functions: {
    "hcloud:index/getZones:getZones": (_args, world) => ({
      id: "zones",
      zones: world.zones().map((name, index) => ({ id: index + 1, name, mode: "primary", ttl: 3600, labels: {} })),
    }),
    "hcloud:index/getPrimaryIp:getPrimaryIp": lookup("primary ip"),
    "hcloud:index/getFloatingIp:getFloatingIp": lookup("floating ip"),
    "hcloud:index/getServer:getServer": lookup("server"),
  },
  config: { "hcloud:token": "0".repeat(64) },
};
