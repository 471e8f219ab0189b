/**
 * AWS as its provider plugin shows it: Elastic IPs, whose domain name EC2 sets only when the name leads back to the
 * address and which it does not release while a domain name is set; public hosted zones in Route 53.
 */
import { inventory } from "../internal/simulation/inventory";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
} from "../internal/simulation/simulated-cloud";

/** How it misbehaves; a stack sets it as `aws:sandbox`, JSON. */
export interface AwsBehaviour {
  /**
   * How often EC2's own resolver still answers "no such name" after the name servers show it, for each address and name:
   * it had asked too early and remembers.
   * @default 0
   */
  readonly blindTries?: number;
  /** How often EC2 still refuses to release an address after its domain name was reset. @default 0 */
  readonly lockedTries?: number;
}

interface ElasticIp {
  readonly allocationId: string;
  readonly publicIp: string;
  domainName?: string;
  blindTries: Map<string, number>;
  lockedTries: number;
}

const REGION = "eu-central-1";

export function simulateAws(usually: AwsBehaviour = {}): SimulatedCloud {
  let { blindTries = 0, lockedTries = 0 } = usually;
  const elasticIps = inventory<ElasticIp>();

  const found = (allocationId: unknown, world: Environment): ElasticIp => {
    const elasticIp = elasticIps(world).get(String(allocationId));
    if (!elasticIp) {
      throw new CloudError(
        apiError(
          "ModifyAddressAttribute",
          "InvalidAllocationID.NotFound",
          `The allocation ID '${allocationId}' does not exist`,
        ),
      );
    }
    return elasticIp;
  };

  const setDomainName = (what: "creating" | "updating", inputs: Properties, world: Environment): void => {
    const elasticIp = found(inputs.allocationId, world);
    const domainName = withoutDot(String(inputs.domainName));
    const blind = elasticIp.blindTries.get(domainName) ?? blindTries;
    elasticIp.blindTries.set(domainName, Math.max(0, blind - 1));
    if (blind > 0 || !world.resolve(domainName, "A").includes(elasticIp.publicIp)) {
      world.note(`ec2 refuses ${domainName} for ${elasticIp.publicIp}`);
      throw new CloudError(
        `${what} EC2 EIP Domain Name${what === "creating" ? "" : ` (${elasticIp.allocationId})`}: ${apiError(
          "ModifyAddressAttribute",
          "InvalidParameterValue",
          `The domain name ${domainName} does not resolve to the Elastic IP address ${elasticIp.publicIp}`,
        )}`,
      );
    }
    elasticIp.domainName = domainName;
    world.setPtr(elasticIp.publicIp, domainName);
  };

  return {
    package: "aws",
    addresses: { v4: ["198.51.100.0/24"], v6: ["2001:db8:2::/48"], ownZones: ["compute.amazonaws.com"] },
    configure: ({ sandbox }) => {
      const behaviour = sandbox === undefined ? usually : (JSON.parse(String(sandbox)) as AwsBehaviour);
      ({ blindTries = 0, lockedTries = 0 } = behaviour);
    },
    resources: {
      "aws:ec2/eip:Eip": {
        replaceOn: ["domain", "address", "publicIpv4Pool", "networkBorderGroup", "ipamPoolId", "region"],
        create: (inputs, world) => {
          const publicIp = world.allocate(4);
          const allocationId = `eipalloc-${hex(world.nextId(), 17)}`;
          const publicDns = genericName(publicIp);
          elasticIps(world).set(allocationId, { allocationId, publicIp, blindTries: new Map(), lockedTries: 0 });
          world.setPtr(publicIp, publicDns);
          world.setRecords(publicDns, "A", [publicIp]);
          return {
            id: allocationId,
            outputs: { region: REGION, ...inputs, allocationId, publicIp, publicDns, ptrRecord: `${publicDns}.` },
          };
        },
        update: (_id, olds, inputs) => ({ ...olds, ...inputs }),
        read: (id, outputs, world) => (elasticIps(world).has(id) ? outputs : undefined),
        delete: (id, outputs, world) => {
          const elasticIp = elasticIps(world).get(id);
          if (elasticIp?.domainName !== undefined || (elasticIp?.lockedTries ?? 0) > 0) {
            if (elasticIp) {
              elasticIp.lockedTries = Math.max(0, elasticIp.lockedTries - 1);
            }
            throw new CloudError(
              `deleting EC2 EIP (${id}): ${apiError(
                "ReleaseAddress",
                "InvalidAddress.PtrSet",
                `The specified Elastic IP address ${outputs.publicIp} cannot be released from your account. A reverse DNS record may be associated with the Elastic IP address.`,
              )}`,
            );
          }
          elasticIps(world).delete(id);
          world.setRecords(String(outputs.publicDns), "A", []);
          world.release(String(outputs.publicIp));
        },
      },
      "aws:ec2/eipDomainName:EipDomainName": {
        replaceOn: ["allocationId", "region"],
        create: (inputs, world) => {
          setDomainName("creating", inputs, world);
          return {
            id: String(inputs.allocationId),
            outputs: { region: REGION, ...inputs, ptrRecord: `${withoutDot(String(inputs.domainName))}.` },
          };
        },
        // The provider leaves `ptrRecord` as it was until a refresh.
        update: (_id, olds, inputs, world) => {
          setDomainName("updating", inputs, world);
          return { ...olds, ...inputs };
        },
        read: (id, outputs, world) => {
          const elasticIp = elasticIps(world).get(id);
          // Only an answer without the address takes it out of the state, and EC2 does not answer without it
          // (`findEIPAttributes` in `internal/service/ec2/find.go`).
          if (elasticIp === undefined) {
            throw new CloudError(
              `reading EC2 EIP Domain Name (${id}): ${apiError(
                "DescribeAddressesAttribute",
                "InvalidAllocationID.NotFound",
                `The allocation ID '${id}' does not exist`,
              )}`,
            );
          }
          // What EC2 shows, whoever set it. `domainName` is not in its answer, and stays what the program wrote (`Read` in
          // `internal/service/ec2/ec2_eip_domain_name.go`): a refresh notices no other name, only that there is none.
          const shown = world.ptr(elasticIp.publicIp);
          const isSet = shown !== null && shown !== genericName(elasticIp.publicIp);
          return isSet ? { ...outputs, ptrRecord: `${shown}.` } : undefined;
        },
        delete: (id, _outputs, world) => {
          const elasticIp = elasticIps(world).get(id);
          if (elasticIp) {
            delete elasticIp.domainName;
            elasticIp.lockedTries = lockedTries;
            world.setPtr(elasticIp.publicIp, genericName(elasticIp.publicIp));
          }
        },
      },
      "aws:route53/record:Record": {
        replaceOn: ["zoneId", "name"],
        create: (inputs, world) => {
          const owner = ownerInZone(inputs, world);
          if (world.records(owner, String(inputs.type)).length > 0 && inputs.allowOverwrite !== true) {
            throw new CloudError(
              invalidChange(
                `Tried to create resource record set [name='${owner}.', type='${inputs.type}'] but it already exists`,
              ),
            );
          }
          publish(owner, inputs, world);
          return { id: `${inputs.zoneId}_${owner}_${inputs.type}`, outputs: { ...inputs, fqdn: owner } };
        },
        update: (_id, olds, inputs, world) => {
          const owner = ownerInZone(inputs, world);
          if (olds.type !== inputs.type) {
            world.setRecords(owner, String(olds.type), []);
          }
          publish(owner, inputs, world);
          return { ...olds, ...inputs };
        },
        read: (_id, outputs, world) =>
          world.records(withoutDot(String(outputs.name)), String(outputs.type)).length > 0 ? outputs : undefined,
        delete: (_id, outputs, world) => world.setRecords(withoutDot(String(outputs.name)), String(outputs.type), []),
      },
    },
    functions: {
      "aws:ec2/getElasticIp:getElasticIp": (args, world) => {
        const elasticIp = [...elasticIps(world).values()].find(
          ({ allocationId, publicIp }) => allocationId === args.id || publicIp === args.publicIp,
        );
        if (!elasticIp) {
          throw new CloudError("no matching EC2 EIP found");
        }
        const { allocationId, publicIp } = elasticIp;
        const ptrRecord = `${world.ptr(publicIp) ?? genericName(publicIp)}.`;
        return { id: allocationId, publicIp, domain: "vpc", ptrRecord, tags: {}, region: REGION };
      },
      "aws:route53/getZone:getZone": (args, world) => {
        const byId = args.zoneId === undefined ? undefined : String(args.zoneId);
        const name = world
          .zones()
          .find((zone) =>
            byId === undefined ? zone === withoutDot(String(args.name)).toLowerCase() : zoneId(zone) === byId,
          );
        if (name === undefined && byId !== undefined) {
          throw new CloudError(
            `operation error Route 53: GetHostedZone, https response error StatusCode: 404, RequestID: 00000000-0000-0000-0000-000000000000, NoSuchHostedZone: No hosted zone found with ID: ${byId}`,
          );
        }
        if (name === undefined) {
          throw new CloudError("no matching Route 53 Hosted Zone found");
        }
        return { id: zoneId(name), zoneId: zoneId(name), name, privateZone: false, tags: {}, nameServers: [] };
      },
    },
    config: { "aws:region": REGION },
  };
}

/** The cloud as it is when nothing is late. */
export const aws: SimulatedCloud = simulateAws();

function apiError(operation: string, code: string, message: string): string {
  return `operation error EC2: ${operation}, https response error StatusCode: 400, RequestID: 00000000-0000-0000-0000-000000000000, api error ${code}: ${message}`;
}

function invalidChange(reason: string): string {
  return `creating Route53 Record: operation error Route 53: ChangeResourceRecordSets, https response error StatusCode: 400, RequestID: 00000000-0000-0000-0000-000000000000, InvalidChangeBatch: [${reason}]`;
}

function genericName(address: string): string {
  return `ec2-${address.replaceAll(".", "-")}.${REGION}.compute.amazonaws.com`;
}

function ownerInZone(inputs: Properties, world: Environment): string {
  const owner = withoutDot(String(inputs.name)).toLowerCase();
  const zone = world.zones().find((name) => zoneId(name) === inputs.zoneId);
  if (zone === undefined) {
    throw new CloudError(`reading Route 53 Hosted Zone (${inputs.zoneId}): couldn't find resource`);
  }
  if (owner !== zone && !owner.endsWith(`.${zone}`)) {
    throw new CloudError(invalidChange(`RRSet with DNS name ${owner}. is not permitted in zone ${zone}.`));
  }
  return owner;
}

/** The provider puts TXT in quotes; a value that brings its own ends up with two pairs. */
function publish(owner: string, inputs: Properties, world: Environment): void {
  const values = (inputs.records as string[]).map((value) => (inputs.type === "TXT" ? `"${value}"` : value));
  if (inputs.type === "TXT" && values.some((value) => !/^("(?:[^"\\]|\\.){0,255}"\s*)+$/.test(value))) {
    throw new CloudError(
      invalidChange(
        "Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks)'",
      ),
    );
  }
  world.setRecords(owner, String(inputs.type), values, Number(inputs.ttl));
}

function zoneId(name: string): string {
  return `Z${Buffer.from(name).toString("hex").toUpperCase().slice(0, 31)}`;
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
