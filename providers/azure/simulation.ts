/**
 * Azure as its provider plugin shows it: public IP addresses whose PTR is a field that is checked when it is set, ARM
 * deployments that replace such an address as a whole, resource groups, public DNS zones.
 */
import type { InSandbox } from "../internal/simulation/in-sandbox";
import { inventory } from "../internal/simulation/inventory";
import {
  CloudError,
  type Environment,
  InitializationError,
  type Properties,
  type SimulatedCloud,
} from "../internal/simulation/simulated-cloud";

/** How it misbehaves; a stack sets it as `azure-native:sandbox`, JSON. */
export interface AzureBehaviour {
  /**
   * How often Azure's own resolver still answers "no such name" after the name servers show it: it had asked too early
   * and remembers.
   * @default 0
   */
  readonly blindTries?: number;
}

/** What Azure keeps of a public IP address: its properties as of the last PUT. */
interface PublicIp {
  readonly address: string;
  properties: Properties;
}

const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000";
const LOCATION = "westeurope";

export function simulateAzure(usually: AzureBehaviour = {}): SimulatedCloud {
  let { blindTries = 0 } = usually;
  const publicIps = inventory<PublicIp>();
  const groups = inventory<Properties>();
  const refusals = inventory<number>();
  /** What became of each. */
  const deployments = inventory<Properties>();

  const dnsOf = (properties: Properties): Properties => (properties.dnsSettings as Properties | undefined) ?? {};
  const reverseOf = (properties: Properties): string => String(dnsOf(properties).reverseFqdn ?? "");

  const checkLabel = (id: string, properties: Properties, world: Environment): void => {
    const { domainNameLabel: label } = dnsOf(properties);
    if (properties.dnsSettings === undefined || properties.dnsSettings === null) {
      return;
    }
    if (label === undefined || label === "") {
      const name = id.split("/").pop();
      throw new CloudError(
        `Code="DomainNameLabelNullOrEmpty" Message="The domain name label in the dnsSettings section of the public IP address ${name} is null or empty. If a dnsSettings section exists, its domain name label must not be null or empty."`,
      );
    }
    if (!/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/.test(String(label))) {
      throw new CloudError(
        `Code="InvalidDomainNameLabel" Message="The domain name label ${label} is invalid. It must conform to the following regular expression: ^[a-z][a-z0-9-]{1,61}[a-z0-9]$."`,
      );
    }
    for (const [otherId, other] of publicIps(world)) {
      if (otherId !== id && fqdnOf(other.properties) === fqdnOf(properties)) {
        throw new CloudError(
          `Code="DnsRecordInUse" Message="DNS record ${fqdnOf(properties)} is already used by another public IP."`,
        );
      }
    }
  };

  /** One of four proofs, made only when the field is set or changed. */
  const checkReverse = (id: string, address: string, properties: Properties, world: Environment): void => {
    const reverse = reverseOf(properties);
    if (reverse === "" || reverse === reverseOf(publicIps(world).get(id)?.properties ?? {})) {
      return;
    }
    if (properties.publicIPAddressVersion === "IPv6") {
      throw new CloudError(
        `Code="CannotSpecifyReverseFqdnForIPv6PublicIp" Message="Cannot specify reverse fqdn ${reverse} for IPv6 PublicIp ${id}."`,
      );
    }
    if (!reverse.endsWith(".")) {
      throw new CloudError(
        `Code="ReverseFqdnNotFullyQualified" Message="The reverse FQDN ${reverse} is not fully qualified: it must end with a dot."`,
      );
    }
    const name = reverse.slice(0, -1);
    const ours = [...publicIps(world).values()];
    const labels = [fqdnOf(properties), ...ours.map((other) => fqdnOf(other.properties))];
    const addresses = [address, ...ours.map((other) => other.address)];
    const blind = refusals(world).get(`${id} ${name}`) ?? blindTries;
    refusals(world).set(`${id} ${name}`, Math.max(0, blind - 1));
    const proved =
      blind === 0 &&
      (labels.includes(name) ||
        world.resolve(name, "A").some((seen) => addresses.includes(seen)) ||
        world.records(name, "CNAME").some((target) => labels.includes(target.replace(/\.$/, ""))));
    if (!proved) {
      world.note(`azure refuses ${name} for ${address}`);
      throw new CloudError(
        `Code="ReverseFqdnDoesNotBelongToSubscription" Message="ReverseFqdn ${reverse} that PublicIPAddress ${id} is trying to use does not belong to subscription 00000000-0000-0000-0000-000000000000. One of the following conditions need to be met to establish ownership: 1) ReverseFqdn matches fqdn of any public ip resource under the subscription; 2) ReverseFqdn resolves to the fqdn (through CName records chain) of any public ip resource under the subscription; 3) It resolves to the ip address (through CName and A records chain) of a static public ip resource under the subscription."`,
      );
    }
  };

  /** A PUT replaces the whole resource: what is not said is gone, the PTR too. */
  const put = (id: string, address: string, properties: Properties, world: Environment): Properties => {
    checkLabel(id, properties, world);
    checkReverse(id, address, properties, world);
    const before = publicIps(world).get(id)?.properties ?? {};
    publicIps(world).set(id, { address, properties });
    if (fqdnOf(before) !== undefined && fqdnOf(before) !== fqdnOf(properties)) {
      world.setRecords(String(fqdnOf(before)), "A", []);
    }
    const fqdn = fqdnOf(properties);
    if (fqdn !== undefined) {
      world.setRecords(fqdn, "A", [address]);
    }
    // Compared with what is there, not with the last PUT: somebody else may have changed it.
    const reverse = reverseOf(properties) === "" ? null : reverseOf(properties).slice(0, -1);
    if (world.ptr(address) !== reverse) {
      world.setPtr(address, reverse);
    }
    return {
      ...properties,
      ipAddress: address,
      ...(fqdn !== undefined && { dnsSettings: { ...dnsOf(properties), fqdn } }),
      provisioningState: "Succeeded",
    };
  };

  /** `publicIPAddresses` of a template, filled with its parameters. */
  const deploy = (inputs: Properties, world: Environment): void => {
    const { template, parameters } = inputs.properties as {
      template: Properties;
      parameters: Record<string, Properties>;
    };
    const fill = (value: unknown): unknown => {
      const [, condition, name] = /^\[(if\(empty\(|)parameters\('(\w+)'\)/.exec(String(value)) ?? [];
      if (name === undefined) {
        return value;
      }
      if (!(name in parameters)) {
        throw new CloudError(
          `Code="InvalidTemplate" Message="The value for the template parameter '${name}' is not provided."`,
        );
      }
      const given = parameters[name]?.value;
      return condition !== "" && (given as unknown[]).length === 0 ? undefined : given;
    };
    for (const resource of template.resources as Properties[]) {
      const { properties, name, type, ...rest } = Object.fromEntries(
        Object.entries(resource).map(([key, value]) => [key, fill(value)]),
      );
      const id = publicIpId(String(inputs.resourceGroupName), String(name));
      const known = publicIps(world).get(id);
      if (type !== "Microsoft.Network/publicIPAddresses" || known === undefined) {
        throw new CloudError(
          `Code="InvalidTemplateDeployment" Message="The simulated Azure cannot deploy ${type} ${name}."`,
        );
      }
      const wanted = { ...rest, ...(properties as Properties) } as Properties;
      if (wanted.location !== known.properties.location) {
        throw new CloudError(
          `Code="InvalidResourceLocation" Message="The resource '${name}' already exists in location '${known.properties.location}' in resource group '${inputs.resourceGroupName}'. A resource with the same name cannot be created in location '${wanted.location}'."`,
        );
      }
      const { apiVersion: _apiVersion, ...kept } = wanted;
      put(id, known.address, kept, world);
    }
  };

  /**
   * A PUT of a deployment: what its template lacks is refused at once, what a resource of it is refused shows later, when
   * the deployment is there. The plugin repeats the outer message alone (`newResponseError` in `client_azcore.go`).
   */
  const putDeployment = (id: string, inputs: Properties, world: Environment): Properties => {
    const name = id.split("/").pop();
    const outputs = { ...inputs, name };
    try {
      deploy(inputs, world);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const [, code = "", message] = /Code="(\w+)" Message="(.*)"$/.exec(error.message) ?? [];
      if (!/^(?:ReverseFqdn|CannotSpecifyReverseFqdn|DnsRecordInUse)/.test(code)) {
        throw new CloudError(
          `Status=400 Code="InvalidTemplateDeployment" Message="The template deployment '${name}' is not valid according to the validation procedure. See inner errors for details."`,
        );
      }
      const details = [{ code: "BadRequest", message: JSON.stringify({ error: { code, message, details: [] } }) }];
      const failure = {
        code: "DeploymentFailed",
        message:
          "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
      };
      deployments(world).set(id, { provisioningState: "Failed", error: { ...failure, details } });
      throw new InitializationError(`Status=200 Code="${failure.code}" Message="${failure.message}"`, id, outputs);
    }
    deployments(world).set(id, { provisioningState: "Succeeded" });
    return outputs;
  };

  return {
    package: "azure-native",
    addresses: { v4: ["198.18.3.0/24"], v6: ["2001:db8:3::/48"], ownZones: ["cloudapp.azure.com"] },
    configure: ({ sandbox }) => {
      const behaviour = sandbox === undefined ? usually : (JSON.parse(String(sandbox)) as AzureBehaviour);
      ({ blindTries = 0 } = behaviour);
    },
    resources: {
      "azure-native:resources:ResourceGroup": {
        replaceOn: ["location", "resourceGroupName"],
        create: (inputs, world) => {
          const name = String(inputs.resourceGroupName ?? `group-${world.nextId()}`);
          const outputs = { location: LOCATION, ...inputs, name };
          groups(world).set(name, outputs);
          return { id: `${SUBSCRIPTION}/resourceGroups/${name}`, outputs };
        },
        update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
        delete: (_id, outputs, world) => void groups(world).delete(String(outputs.name)),
      },
      "azure-native:network:PublicIPAddress": {
        // `forceNewMap` in `provider/pkg/gen/replacement.go`, and what stands in the path.
        replaceOn: [
          "location",
          "publicIPAddressVersion",
          "publicIPPrefix",
          "publicIpAddressName",
          "resourceGroupName",
          "sku",
        ],
        create: (inputs, world) => {
          const { resourceGroupName, publicIpAddressName, ...properties } = inputs;
          const name = String(publicIpAddressName ?? `address-${world.nextId()}`);
          const id = publicIpId(String(resourceGroupName), name);
          const location = properties.location ?? groups(world).get(String(resourceGroupName))?.location ?? LOCATION;
          const address = world.allocate(properties.publicIPAddressVersion === "IPv6" ? 6 : 4);
          try {
            return { id, outputs: { ...inputs, ...put(id, address, { ...properties, location }, world), name } };
          } catch (error) {
            world.release(address);
            throw error;
          }
        },
        update: (id, olds, inputs, world) => {
          const { resourceGroupName: _group, publicIpAddressName: _name, ...properties } = inputs;
          const address = String(olds.ipAddress);
          return { ...olds, ...inputs, ...put(id, address, { location: olds.location, ...properties }, world) };
        },
        read: (id, outputs, world) => {
          const known = publicIps(world).get(id);
          if (known === undefined) {
            return undefined;
          }
          const fqdn = fqdnOf(known.properties);
          const dnsSettings = { ...dnsOf(known.properties), ...(fqdn !== undefined && { fqdn }) };
          return { ...outputs, ...known.properties, ...(Object.keys(dnsSettings).length > 0 && { dnsSettings }) };
        },
        delete: (id, outputs, world) => {
          const fqdn = fqdnOf(publicIps(world).get(id)?.properties ?? {});
          if (fqdn !== undefined) {
            world.setRecords(fqdn, "A", []);
          }
          publicIps(world).delete(id);
          world.release(String(outputs.ipAddress));
        },
      },
      "azure-native:resources:Deployment": {
        replaceOn: ["deploymentName", "resourceGroupName"],
        check: (inputs, world, { name, olds } = { name: "deployment", olds: {} }) => ({
          deploymentName: olds.deploymentName ?? `${name}${world.nextId()}`,
          ...inputs,
        }),
        create: (inputs, world) => {
          const id = deploymentId(String(inputs.resourceGroupName), String(inputs.deploymentName));
          if (deployments(world).has(id)) {
            throw new CloudError(`cannot create already existing resource '${id}'`);
          }
          return { id, outputs: putDeployment(id, inputs, world) };
        },
        // Not looked for first, so it is tried again where creating it is not.
        update: (id, olds, inputs, world) => ({ ...olds, ...putDeployment(id, inputs, world) }),
        // The record of the deployment, not the address that it changed.
        read: (id, outputs, world) => (deployments(world).has(id) ? outputs : undefined),
        // What a deployment has made or changed stays.
        delete: (id, _outputs, world) => void deployments(world).delete(id),
      },
      "azure-native:dns:RecordSet": {
        replaceOn: ["recordType", "relativeRecordSetName", "resourceGroupName", "zoneName"],
        create: (inputs, world) => {
          zoneFound(inputs, world);
          const owner = ownerOf(inputs);
          const id = `${SUBSCRIPTION}/resourceGroups/${inputs.resourceGroupName}/providers/Microsoft.Network/dnsZones/${inputs.zoneName}/${inputs.recordType}/${inputs.relativeRecordSetName}`;
          if (world.records(owner, String(inputs.recordType)).length > 0) {
            throw new CloudError(`cannot create already existing resource '${id}'`);
          }
          world.setRecords(owner, String(inputs.recordType), recordValues(inputs), Number(inputs.ttl));
          return { id, outputs: { ...inputs, fqdn: `${owner}.`, name: inputs.relativeRecordSetName } };
        },
        update: (_id, olds, inputs, world) => {
          world.setRecords(ownerOf(inputs), String(inputs.recordType), recordValues(inputs), Number(inputs.ttl));
          return { ...olds, ...inputs };
        },
        read: (_id, outputs, world) =>
          world.records(ownerOf(outputs), String(outputs.recordType)).length > 0 ? outputs : undefined,
        delete: (_id, outputs, world) => world.setRecords(ownerOf(outputs), String(outputs.recordType), []),
      },
    },
    functions: {
      "azure-native:network:getPublicIPAddress": (args, world) => {
        const id = publicIpId(String(args.resourceGroupName), String(args.publicIpAddressName));
        const found = publicIps(world).get(id);
        if (!found) {
          throw new CloudError(
            `Code="ResourceNotFound" Message="The Resource 'Microsoft.Network/publicIPAddresses/${args.publicIpAddressName}' under resource group '${args.resourceGroupName}' was not found."`,
          );
        }
        return { ...found.properties, id, name: args.publicIpAddressName, ipAddress: found.address };
      },
      "azure-native:resources:getDeployment": (args, world) => {
        const id = deploymentId(String(args.resourceGroupName), String(args.deploymentName));
        const found = deployments(world).get(id);
        if (!found) {
          throw new CloudError(
            `Status=404 Code="DeploymentNotFound" Message="Deployment '${args.deploymentName}' could not be found."`,
          );
        }
        return { id, name: args.deploymentName, properties: found };
      },
      "azure-native:dns:getZone": (args, world) => {
        zoneFound(args, world);
        return {
          id: `${SUBSCRIPTION}/dnsZones/${args.zoneName}`,
          name: args.zoneName,
          location: "global",
          nameServers: [],
        };
      },
    },
    config: { "azure-native:location": LOCATION },
  };
}

/** The cloud as it is when nothing is late. */
export const azure: SimulatedCloud = simulateAzure();

function fqdnOf(properties: Properties): string | undefined {
  const { domainNameLabel: label } = (properties.dnsSettings as Properties | undefined) ?? {};
  return label === undefined ? undefined : `${label}.${properties.location}.cloudapp.azure.com`;
}

function publicIpId(resourceGroupName: string, name: string): string {
  return `${SUBSCRIPTION}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/publicIPAddresses/${name}`;
}

function deploymentId(resourceGroupName: string, name: string): string {
  return `${SUBSCRIPTION}/resourceGroups/${resourceGroupName}/providers/Microsoft.Resources/deployments/${name}`;
}

function zoneFound(args: Properties, world: Environment): void {
  if (!world.zones().includes(String(args.zoneName))) {
    throw new CloudError(
      `Code="ResourceNotFound" Message="The Resource 'Microsoft.Network/dnsZones/${args.zoneName}' under resource group '${args.resourceGroupName}' was not found."`,
    );
  }
}

function ownerOf(inputs: Properties): string {
  const name = String(inputs.relativeRecordSetName);
  return name === "@" ? String(inputs.zoneName) : `${name}.${inputs.zoneName}`;
}

/** Each type has a property of its own; values as in a zone file. */
function recordValues(inputs: Properties): string[] {
  const list = (key: string) => (inputs[key] as Properties[] | undefined) ?? [];
  const cname = inputs.cnameRecord as Properties | undefined;
  const byType: Record<string, () => string[]> = {
    A: () => list("aRecords").map(({ ipv4Address }) => String(ipv4Address)),
    AAAA: () => list("aaaaRecords").map(({ ipv6Address }) => String(ipv6Address)),
    PTR: () => list("ptrRecords").map(({ ptrdname }) => `${ptrdname}.`),
    MX: () => list("mxRecords").map(({ preference, exchange }) => `${preference} ${exchange}.`),
    TXT: () => list("txtRecords").map(({ value }) => quoted(value as string[])),
    CNAME: () => (cname ? [`${cname.cname}.`] : []),
  };
  const values = byType[String(inputs.recordType)]?.() ?? [];
  if (values.length === 0) {
    throw new CloudError(
      `Code="BadRequest" Message="The resource record set has no records of its type ${inputs.recordType}."`,
    );
  }
  return values;
}

function quoted(strings: readonly string[]): string {
  const long = strings.find((string) => Buffer.byteLength(string) > 255);
  if (long !== undefined) {
    throw new CloudError(
      `Code="BadRequest" Message="The TXT record string exceeds the permitted length of 255 characters."`,
    );
  }
  return strings.map((string) => `"${string.replaceAll(/["\\]/g, "\\$&")}"`).join(" ");
}

export const inSandbox: InSandbox = { dnsConfig: { dnsResourceGroup: "dns" } };
