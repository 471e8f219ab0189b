/**
 * OVHcloud as its provider plugin shows it: a PTR that every change replaces and whose deletion resets it, taken only
 * when the forward record leads back; zones whose target names are relative without a final dot.
 */

import * as ipaddr from "ipaddr.js";
import type { InSandbox } from "../internal/simulation/in-sandbox";
import { retried } from "../internal/simulation/retried";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";

const records = singleRecords();

/** `APIError.Error` of go-ovh. */
const NO_SUCH_SERVICE = 'OVHcloud API error (status code 404): Client::NotFound: "This service does not exist"';

/** `vps-c612090a.vps.ovh.net` for IPv4; IPv6 has no default. */
function genericDefault(address: string): string | null {
  if (address.includes(":")) {
    return null;
  }
  const digits = address.split(".").map((octet) => Number(octet).toString(16).padStart(2, "0"));
  return `vps-${digits.join("")}.vps.ovh.net`;
}

function refusal({ ReverseIp, ReverseValue }: Properties, world: Environment): string | undefined {
  const address = String(ReverseIp);
  const hostname = String(ReverseValue).replace(/\.$/, "");
  if (hostname.length > 63 || hostname !== hostname.toLowerCase() || hostname.startsWith("-")) {
    return `OVHcloud API error (status code 400): Client::BadRequest: "Invalid reverse ${ReverseValue}"`;
  }
  return world.resolve(hostname, address.includes(":") ? "AAAA" : "A").includes(address)
    ? undefined
    : `OVHcloud API error (status code 400): Client::BadRequest: "Cannot check if ${hostname} resolves to ${address}"`;
}

function checkedReverse(inputs: Properties): Properties {
  const block = String(inputs.ip);
  const address = String(inputs.ReverseIp);
  if (!ipaddr.isValidCIDR(block)) {
    throw new CloudError(`Value ${block} is not a valid IP block`);
  }
  if (!ipaddr.isValid(address)) {
    throw new CloudError(`Value ${address} is not a valid IP`);
  }
  return inputs;
}

const reverse: SimulatedResource = {
  replaceOn: "*",
  check: checkedReverse,
  create: async (inputs, world) => {
    const address = ipaddr.parse(String(inputs.ReverseIp));
    const block = ipaddr.parseCIDR(String(inputs.ip));
    if (address.kind() !== block[0].kind() || !address.match(block as [typeof address, number])) {
      throw new CloudError(`failed to create OVH IP Reverse: ${NO_SUCH_SERVICE}`);
    }
    const why = await retried(() => refusal(inputs, world), String(inputs.readinessTimeoutDuration ?? "1m"));
    if (why !== undefined) {
      throw new CloudError(
        `failed to create OVH IP Reverse: retry duration exhausted for ovh_ip_reverse resource creation: ${why}`,
      );
    }
    const hostname = String(inputs.ReverseValue).replace(/\.$/, "");
    world.setPtr(String(inputs.ReverseIp), hostname);
    // The API answers with the final dot, whatever was sent.
    return { id: String(inputs.ReverseIp), outputs: { ...inputs, ReverseValue: `${hostname}.` } };
  },
  read: (id, outputs, world) => {
    const ptr = world.ptr(id);
    return ptr === null ? undefined : { ...outputs, ReverseValue: `${ptr}.` };
  },
  delete: (id, _outputs, world) => world.setPtr(id, genericDefault(id)),
};

function put(id: string, inputs: Properties, world: Environment): Properties {
  const zone = String(inputs.zone);
  const name = String(inputs.subdomain ?? "");
  const type = String(inputs.fieldtype);
  const target = ["MX", "CNAME", "PTR", "NS"].includes(type)
    ? absolute(String(inputs.target), zone)
    : String(inputs.target);
  const ttl = Number(inputs.ttl ?? 0) || 3600;
  records.put(world, id, { owner: name === "" ? zone : `${name}.${zone}`, type, value: target, ttl });
  return inputs;
}

function isEmpty(name: unknown): boolean {
  return name === undefined || name === "";
}

function absolute(target: string, zone: string): string {
  return target.endsWith(".") ? target : `${target}.${zone}.`;
}

const zoneRecord = records.resource({
  replaceOn: ["zone", "fieldtype"],
  check: (inputs) => {
    const ttl = Number(inputs.ttl ?? 0);
    if (ttl !== 0 && ttl < 60) {
      throw new CloudError(`"ttl" must be either equal to 0 or, greater than or equal to 60, got: ${ttl}`);
    }
    return inputs;
  },
  refuse: ({ zone }, world) => {
    if (!world.zones().includes(String(zone))) {
      throw new CloudError(`Failed to create OVH Record: ${NO_SUCH_SERVICE}`);
    }
  },
  write: put,
  // An empty `subdomain` is not sent (`GetOk` in `resourceOvhDomainZoneRecordUpdate`).
  update: (id, olds, inputs, world) => {
    const subdomain = isEmpty(inputs.subdomain) ? olds.subdomain : inputs.subdomain;
    return { ...olds, ...put(id, { ...inputs, subdomain }, world) };
  },
  // `read` is the default: a 404 alone takes it out of the state (`helpers.CheckDeleted`).
});

export const ovh: SimulatedCloud = {
  package: "ovh",
  addresses: { v4: ["198.18.9.0/24"], v6: ["2001:db8:9::/48"], ownZones: ["vps.ovh.net"] },
  // `loadConfig` of go-ovh, where no endpoint is `ovh-eu`; then the credentials are tried (`loadAndValidate` in `ovh/config.go`).
  configure: (config) => {
    const { applicationKey = "", applicationSecret = "", consumerKey = "" } = config;
    if (applicationKey === "" && applicationSecret === "") {
      throw new CloudError(
        "missing authentication information, you need to provide one of the following: application_key/application_secret, client_id/client_secret, or access_token",
      );
    }
    if (String(consumerKey).length !== 32) {
      throw new CloudError(
        String.raw`OVH client seems to be misconfigured: "OVHcloud API error (status code 403): Client::Forbidden: \"This credential does not exist\""`,
      );
    }
  },
  resources: {
    "ovh:Ip/reverse:Reverse": reverse,
    "ovh:Domain/zoneRecord:ZoneRecord": zoneRecord,
  },
  functions: {
    "ovh:Domain/getZone:getZone": ({ name }, world) => {
      if (!world.zones().includes(String(name))) {
        throw new CloudError(`Error calling /domain/zone/${name}:\n\t ${JSON.stringify(NO_SUCH_SERVICE)}`);
      }
      return { id: name, name, dnssecSupported: true, hasDnsAnycast: false, nameServers: [], lastUpdate: "" };
    },
  },
  config: {
    "ovh:endpoint": "ovh-eu",
    "ovh:applicationKey": "0".repeat(16),
    "ovh:applicationSecret": "0".repeat(32),
    "ovh:consumerKey": "0".repeat(32),
  },
};

export const inSandbox: InSandbox = { cloudConfig: { address: "198.18.9.10", ipv6Address: "2001:db8:9:1::10" } };
