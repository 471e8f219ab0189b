/**
 * Google Cloud as its provider plugin shows it: static addresses, machines whose access configs carry the PTR, for
 * domains that the caller has proved to own; public managed zones in Cloud DNS.
 */
import * as ipaddr from "ipaddr.js";
import { quotedCharacterStrings } from "../internal/records/character-strings";
import { inventory } from "../internal/simulation/inventory";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
} from "../internal/simulation/simulated-cloud";

/** How it misbehaves; a stack sets it as `gcp:sandbox`, JSON. */
export interface GoogleBehaviour {
  /**
   * Domains whose ownership the caller has not proved.
   * @default none of those that exist in the world
   */
  readonly unverified?: readonly string[];
}

interface StaticAddress {
  readonly name: string;
  readonly address: string;
  readonly region: string;
  readonly version: 4 | 6;
  /** The machine that has it. */
  user?: string;
}

/** One access config: the address that it gives to the machine. */
interface Access {
  readonly address: string;
  readonly ephemeral: boolean;
}

const PROJECT = "sandbox-project";

export function simulateGoogle(usually: GoogleBehaviour = {}): SimulatedCloud {
  let { unverified = [] } = usually;
  const addresses = inventory<StaticAddress>();
  const accesses = inventory<readonly Access[]>();

  const byAddress = (address: string, world: Environment) =>
    [...addresses(world).values()].find((known) => sameAddress(known.address, address));

  const checkedPtr = (config: Properties, world: Environment): string | null => {
    if (config.publicPtrDomainName === undefined || config.publicPtrDomainName === "") {
      return null;
    }
    const name = String(config.publicPtrDomainName);
    const within = (zone: string) => withoutDot(name) === zone || withoutDot(name).endsWith(`.${zone}`);
    if (!world.zones().some(within) || unverified.some(within)) {
      throw new CloudError(
        `Error creating instance: googleapi: Error 400: Invalid value for field 'resource.networkInterfaces[0].accessConfigs[0].publicPtrDomainName': '${name}'. Please verify ownership of the PTR domain at https://www.google.com/webmasters/verification/., invalid`,
      );
    }
    return withoutDot(name);
  };

  const attach = (machine: string, config: Properties, version: 4 | 6, world: Environment): Access => {
    const wanted = version === 4 ? config.natIp : config.externalIpv6;
    const ptr = checkedPtr(config, world);
    if (wanted === undefined) {
      const address = world.allocate(version);
      world.setPtr(address, ptr ?? genericDefault(address));
      return { address, ephemeral: true };
    }
    const held = byAddress(String(wanted), world);
    if (!held || held.version !== version) {
      throw new CloudError(
        `Error creating instance: googleapi: Error 400: Invalid value for field 'resource.networkInterfaces[0].accessConfigs[0].natIP': '${wanted}'. The specified external IP address '${wanted}' was not found in region '${held?.region}'., invalid`,
      );
    }
    if (held.user !== undefined && held.user !== machine) {
      throw new CloudError(
        `Error creating instance: googleapi: Error 400: External IP address: ${wanted} is already in-use., invalidResourceUsage`,
      );
    }
    held.user = machine;
    world.setPtr(held.address, ptr ?? genericDefault(held.address));
    return { address: held.address, ephemeral: false };
  };

  const attachAll = (machine: string, inputs: Properties, versions: readonly (4 | 6)[], world: Environment): void => {
    const card = firstCard(inputs);
    const v6 = configsOf(card, 6);
    if (v6.length > 0 && (card?.stackType !== "IPV4_IPV6" || card?.subnetwork === undefined)) {
      throw new CloudError(
        "Error creating instance: googleapi: Error 400: Invalid value for field 'resource.networkInterfaces[0].ipv6AccessConfigs': ''. External IPv6 access configs need a dual-stack subnetwork and stackType IPV4_IPV6., invalid",
      );
    }
    const made = versions.flatMap((version) =>
      configsOf(card, version).map((config) => attach(machine, config, version, world)),
    );
    accesses(world).set(machine, [...(accesses(world).get(machine) ?? []), ...made]);
  };

  const detachAll = (machine: string, versions: readonly (4 | 6)[], world: Environment): void => {
    const all = accesses(world).get(machine) ?? [];
    const concerned = all.filter(({ address }) => versions.includes(address.includes(":") ? 6 : 4));
    for (const { address, ephemeral } of concerned) {
      if (ephemeral) {
        world.release(address);
        continue;
      }
      const held = byAddress(address, world);
      if (held) {
        delete held.user;
      }
      world.setPtr(address, genericDefault(address));
    }
    accesses(world).set(
      machine,
      all.filter((access) => !concerned.includes(access)),
    );
  };

  /** The interfaces as the API answers: with the PTRs that are set (`flattenAccessConfigs`, `flattenIpv6AccessConfigs`). */
  const shown = (inputs: Properties, world: Environment, attached?: readonly Access[]): Properties[] =>
    cardsOf(inputs).map((card, index) => ({
      ...card,
      ...(index === 0 && {
        ...(card.accessConfigs !== undefined && {
          accessConfigs: configsOf(card, 4)
            .filter(() => attached === undefined || attached.some(({ address }) => !address.includes(":")))
            .map((config) => withPtr(config, "natIp", world)),
        }),
        ...(card.ipv6AccessConfigs !== undefined && {
          ipv6AccessConfigs: configsOf(card, 6).map((config) => withPtr(config, "externalIpv6", world)),
        }),
      }),
    }));

  const withPtr = (config: Properties, address: "natIp" | "externalIpv6", world: Environment): Properties => {
    const held = byAddress(String(config[address]), world);
    if (held === undefined) return config;
    const ptr = world.ptr(held.address);
    const { publicPtrDomainName: given, ...others } = config;
    if (ptr === null || ptr === genericDefault(held.address)) return others;
    return withoutDot(String(given)) === ptr ? config : { ...config, publicPtrDomainName: `${ptr}.` };
  };

  return {
    package: "gcp",
    addresses: { v4: ["198.18.4.0/24"], v6: ["2001:db8:4::/48"], ownZones: ["bc.googleusercontent.com"] },
    configure: ({ sandbox }) => {
      const behaviour = sandbox === undefined ? usually : (JSON.parse(String(sandbox)) as GoogleBehaviour);
      ({ unverified = [] } = behaviour);
    },
    resources: {
      "gcp:compute/address:Address": {
        replaceOn: [
          "address",
          "addressType",
          "description",
          "ipCollection",
          "ipVersion",
          "ipv6EndpointType",
          "name",
          "network",
          "networkTier",
          "prefixLength",
          "project",
          "purpose",
          "region",
          "subnetwork",
        ],
        create: (inputs, world) => {
          const name = String(inputs.name ?? `address-${world.nextId()}`);
          const region = String(inputs.region);
          const version = inputs.ipVersion === "IPV6" ? 6 : 4;
          if (version === 6 && inputs.subnetwork === undefined) {
            throw new CloudError(
              "Error creating Address: googleapi: Error 400: Invalid value for field 'resource.subnetwork': ''. Subnetwork is required for regional external IPv6 addresses., invalid",
            );
          }
          const address = world.allocate(version);
          const id = `projects/${PROJECT}/regions/${region}/addresses/${name}`;
          addresses(world).set(id, { name, address, region, version });
          world.setPtr(address, genericDefault(address));
          return { id, outputs: { ...inputs, name, address, selfLink: id, project: PROJECT } };
        },
        update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
        read: (id, outputs, world) => (addresses(world).has(id) ? outputs : undefined),
        delete: (id, outputs, world) => {
          const { user } = addresses(world).get(id) ?? {};
          if (user !== undefined) {
            throw new CloudError(
              `Error deleting Address: googleapi: Error 400: The address resource '${id}' is already being used by '${user}', resourceInUseByAnotherResource`,
            );
          }
          addresses(world).delete(id);
          world.release(String(outputs.address));
        },
      },
      "gcp:compute/instance:Instance": {
        replaceOn: ["bootDisk", "hostname", "name", "zone"],
        // The plugin compares with what the API answered.
        planned: (changed, state, inputs) =>
          JSON.stringify(state.networkInterfaces) === JSON.stringify(inputs.networkInterfaces)
            ? changed.filter((key) => key !== "networkInterfaces")
            : [...new Set([...changed, "networkInterfaces"])],
        // `ForceNew` of `external_ipv6`, `external_ipv6_prefix_length` and `name`.
        replacedBy: (changed, state, inputs) =>
          changed.includes("networkInterfaces") && fixedOf(state) !== fixedOf(inputs) ? ["networkInterfaces"] : [],
        create: (inputs, world) => {
          const name = String(inputs.name ?? `instance-${world.nextId()}`);
          const id = `projects/${PROJECT}/zones/${inputs.zone}/instances/${name}`;
          attachAll(id, inputs, [4, 6], world);
          const networkInterfaces = shown(inputs, world);
          return { id, outputs: { ...inputs, networkInterfaces, name, project: PROJECT, selfLink: id } };
        },
        // Where `access_config` differs, all of IPv4 are taken away and put back; an ephemeral address does not survive
        // that, and what is refused then leaves the machine without any (lines 3114 to 3145). For `ipv6_access_config` there is no such step (`resourceComputeInstanceUpdate`).
        update: (id, olds, inputs, world) => {
          const v4 = (from: Properties) => JSON.stringify(configsOf(firstCard(from), 4));
          if (v4(olds) !== v4(inputs)) {
            detachAll(id, [4], world);
            attachAll(id, inputs, [4], world);
          }
          return { ...olds, ...inputs, networkInterfaces: shown(inputs, world) };
        },
        read: (id, outputs, world) => {
          const attached = accesses(world).get(id);
          return attached && { ...outputs, networkInterfaces: shown(outputs, world, attached) };
        },
        delete: (id, _outputs, world) => {
          detachAll(id, [4, 6], world);
          accesses(world).delete(id);
        },
      },
      "gcp:dns/recordSet:RecordSet": {
        replaceOn: ["managedZone", "name", "project"],
        // `validateRecordNameTrailingDot`, all that is looked at before the API is asked.
        check: (inputs) => {
          if (!String(inputs.name).endsWith(".")) {
            throw new CloudError(
              `"name" ("${inputs.name}") doesn't end with ".", name field must end with trailing dot, for example test.example.com. (note the trailing dot)`,
            );
          }
          return inputs;
        },
        // "The terraform provider is authoritative": what is there is deleted in the same change (`resourceDnsRecordSetCreate`).
        create: (inputs, world) => {
          const owner = ownerInZone(inputs, world);
          world.setRecords(owner, String(inputs.type), inputs.rrdatas as string[], Number(inputs.ttl));
          return {
            id: `projects/${PROJECT}/managedZones/${inputs.managedZone}/rrsets/${owner}./${inputs.type}`,
            outputs: inputs,
          };
        },
        update: (_id, olds, inputs, world) => {
          const owner = ownerInZone(inputs, world);
          checkUnchanged("changing", owner, olds, world);
          if (olds.type !== inputs.type) {
            world.setRecords(owner, String(olds.type), []);
          }
          world.setRecords(owner, String(inputs.type), inputs.rrdatas as string[], Number(inputs.ttl));
          return { ...olds, ...inputs };
        },
        // A 404 and an empty list take it out of the state.
        read: (_id, outputs, world) => {
          const rrdatas = shownRrdatas(withoutDot(String(outputs.name)), String(outputs.type), world);
          if (rrdatas.length === 0) return undefined;
          return sameRrdatas(rrdatas, outputs.rrdatas as string[]) ? outputs : { ...outputs, rrdatas };
        },
        // As in an update; one that is gone is done (`HandleNotFoundError`).
        delete: (_id, outputs, world) => {
          const owner = withoutDot(String(outputs.name));
          if (world.records(owner, String(outputs.type)).length === 0) return;
          checkUnchanged("deleting", owner, outputs, world);
          world.setRecords(owner, String(outputs.type), []);
        },
      },
    },
    functions: {
      "gcp:compute/getAddress:getAddress": (args, world) => {
        const found = [...addresses(world)].find(([, { name }]) => name === args.name);
        if (!found) {
          throw new CloudError(
            // `HandleDataSourceNotFoundError` in `transport/error_utils.go`
            `projects/${PROJECT}/regions/${args.region}/addresses/${args.name} not found`,
          );
        }
        const [id, { name, address, region, user }] = found;
        return {
          id,
          name,
          address,
          region,
          selfLink: id,
          status: user === undefined ? "RESERVED" : "IN_USE",
          project: PROJECT,
        };
      },
      "gcp:dns/getManagedZone:getManagedZone": (args, world) => {
        const zone = world.zones().find((name) => managedZoneOf(name) === args.name);
        if (zone === undefined) {
          throw new CloudError(
            `googleapi: Error 404: The 'parameters.managedZone' resource named '${args.name}' does not exist., notFound`,
          );
        }
        return {
          id: `projects/${PROJECT}/managedZones/${args.name}`,
          name: args.name,
          dnsName: `${zone}.`,
          visibility: "public",
        };
      },
      "gcp:dns/getManagedZones:getManagedZones": (_args, world) => ({
        id: `projects/${PROJECT}`,
        project: PROJECT,
        managedZones: world.zones().map((zone) => ({
          id: `projects/${PROJECT}/managedZones/${managedZoneOf(zone)}`,
          managedZoneId: managedZoneOf(zone),
          name: managedZoneOf(zone),
          dnsName: `${zone}.`,
          description: "",
          nameServers: [],
          visibility: "public",
          project: PROJECT,
        })),
      }),
    },
    config: { "gcp:project": PROJECT, "gcp:region": "europe-west1" },
  };
}

/** The cloud with a caller who owns every domain there is. */
export const google: SimulatedCloud = simulateGoogle();

function cardsOf({ networkInterfaces }: Properties): readonly Properties[] {
  return (networkInterfaces as Properties[] | undefined) ?? [];
}

/** The PTRs are those of the first one. */
function firstCard(machine: Properties): Properties | undefined {
  return cardsOf(machine)[0];
}

function configsOf(card: Properties | undefined, version: 4 | 6): readonly Properties[] {
  return (card?.[version === 4 ? "accessConfigs" : "ipv6AccessConfigs"] as Properties[] | undefined) ?? [];
}

/** What of IPv6 a machine keeps for as long as it exists. */
function fixedOf(machine: Properties): string {
  const configs = configsOf(firstCard(machine), 6);
  return JSON.stringify(configs.map((config) => [config.externalIpv6, config.externalIpv6PrefixLength, config.name]));
}

function genericDefault(address: string): string | null {
  return address.includes(":") ? null : `${address.split(".").reverse().join(".")}.bc.googleusercontent.com`;
}

function sameAddress(a: string, b: string): boolean {
  return (
    ipaddr.isValid(a) &&
    ipaddr.isValid(b) &&
    ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString()
  );
}

function managedZoneOf(zone: string): string {
  return zone.replaceAll(/[^a-z0-9]/g, "-");
}

function ownerInZone(inputs: Properties, world: Environment): string {
  const zone = world.zones().find((name) => managedZoneOf(name) === inputs.managedZone);
  const name = String(inputs.name);
  const where = `entity.change.additions[${name}][${inputs.type}]`;
  if (zone === undefined) {
    throw new CloudError(
      `Error retrieving record sets for "${inputs.managedZone}": googleapi: Error 404: The 'parameters.managedZone' resource named '${inputs.managedZone}' does not exist., notFound`,
    );
  }
  const owner = withoutDot(name);
  if (!name.endsWith(".") || (owner !== zone && !owner.endsWith(`.${zone}`))) {
    throw new CloudError(
      `Error creating DNS RecordSet: googleapi: Error 400: Invalid value for '${where}.name': '${name}', invalid`,
    );
  }
  for (const value of inputs.rrdatas as string[]) {
    const bad = ["MX", "PTR", "CNAME"].includes(String(inputs.type)) && !value.endsWith(".");
    if (bad || (inputs.type === "TXT" && /\s/.test(value) && !value.startsWith('"'))) {
      throw new CloudError(
        `Error creating DNS RecordSet: googleapi: Error 400: Invalid value for '${where}.rrdata[0]': '${value}', invalid`,
      );
    }
  }
  return owner;
}

/** A change names what it takes away, as the state has it, and is refused where somebody else has changed that. */
function checkUnchanged(verb: "changing" | "deleting", owner: string, state: Properties, world: Environment): void {
  const there = shownRrdatas(owner, String(state.type), world);
  if (sameRrdatas(there, state.rrdatas as string[])) return;
  const which = `'entity.change.deletions[${owner}.][${state.type}]'`;
  const why =
    there.length === 0
      ? `Error 404: The ${which} resource named '${owner}. (${state.type})' does not exist., notFound`
      : `Error 412: Precondition not met for ${which}., conditionNotMet`;
  throw new CloudError(`Error ${verb} DNS RecordSet: googleapi: ${why}`);
}

/** What is in DNS as the API shows it, which quotes each character string of a TXT record. */
function shownRrdatas(owner: string, type: string, world: Environment): readonly string[] {
  const values = world.records(owner, type);
  return type === "TXT" ? values.map(quotedCharacterStrings) : values;
}

/** `rrdatasDnsDiffSuppress`: no order, and text whatever its case. */
function sameRrdatas(a: readonly string[], b: readonly string[]): boolean {
  const plain = (values: readonly string[]) => JSON.stringify(values.map((value) => value.toLowerCase()).sort());
  return plain(a) === plain(b);
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}
