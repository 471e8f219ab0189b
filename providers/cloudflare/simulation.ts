/** Cloudflare's DNS as its provider plugin shows it: single records, and proxied ones that answer with its own addresses. */
import * as ipaddr from "ipaddr.js";
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
} from "../internal/simulation/simulated-cloud";
import { singleRecords } from "../internal/simulation/single-records";

const records = singleRecords();

/** What a proxied name answers with, whatever its content. */
const PROXY = { A: "104.16.0.1", AAAA: "2606:4700::1" } as const;

function apiError(code: number, message: string, status = "400 Bad Request"): string {
  return `failed to make http request: ${status} {"result":null,"success":false,"errors":[{"code":${code},"message":${JSON.stringify(message)}}],"messages":[]}`;
}

function zoneId(name: string): string {
  return Buffer.from(name).toString("hex").padEnd(32, "0").slice(0, 32);
}

function zoneOf(inputs: Properties, world: Environment): string {
  const zone = world.zones().find((name) => zoneId(name) === inputs.zoneId);
  if (zone === undefined) {
    throw new CloudError(
      apiError(
        7003,
        `Could not route to /zones/${inputs.zoneId}/dns_records, perhaps your object identifier is invalid?`,
      ),
    );
  }
  return zone;
}

function ownerOf(inputs: Properties, world: Environment): string {
  const zone = zoneOf(inputs, world);
  const name = String(inputs.name).replace(/\.$/, "").toLowerCase();
  if (name === "@" || name === zone) {
    return zone;
  }
  return name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

const TYPES =
  "A AAAA CNAME MX NS OPENPGPKEY PTR TXT CAA CERT DNSKEY DS HTTPS LOC NAPTR SMIMEA SRV SSHFP SVCB TLSA URI".split(" ");

/** The validators of `internal/services/dns_record/schema.go`: content and TTL are the API's to refuse. */
function check(inputs: Properties): Properties {
  const { type, priority } = inputs;
  if (!TYPES.includes(String(type))) {
    throw new CloudError(
      `Attribute type value must be one of: ${TYPES.map((one) => `"${one}"`).join(" ")}, got: "${type}"`,
    );
  }
  if (typeof priority === "number" && (priority < 0 || priority > 65535)) {
    throw new CloudError(`Attribute priority value must be between 0 and 65535, got: ${priority}`);
  }
  return inputs;
}

/** What is refused when the record is made, most of it by the API. */
function refuse(inputs: Properties): void {
  const { type, content, ttl, proxied, priority } = inputs;
  if (proxied === true && ttl !== 1) {
    throw new CloudError("ttl must be set to 1 when `proxied` is true");
  }
  if (type === "A" && !ipaddr.IPv4.isValidFourPartDecimal(String(content))) {
    throw new CloudError(apiError(9005, "Content for A record must be a valid IPv4 address."));
  }
  if (type === "AAAA" && !ipaddr.IPv6.isValid(String(content))) {
    throw new CloudError(apiError(9006, "Content for AAAA record must be a valid IPv6 address."));
  }
  if (type === "MX" && typeof priority !== "number") {
    throw new CloudError(apiError(9101, "priority is a required data field."));
  }
  if (proxied === true && !["A", "AAAA", "CNAME"].includes(String(type))) {
    throw new CloudError(apiError(9004, "This record type cannot be proxied."));
  }
  const seconds = Number(ttl);
  if (seconds !== 1 && (seconds < 60 || seconds > 86400)) {
    throw new CloudError(apiError(9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic."));
  }
}

function zoneFileValue(inputs: Properties): string {
  const { type, content } = inputs;
  if (inputs.proxied === true && (type === "A" || type === "AAAA")) {
    return PROXY[type];
  }
  switch (type) {
    case "MX":
      return `${inputs.priority} ${content}.`;
    case "PTR":
    case "CNAME":
      return `${content}.`;
    default:
      return String(content);
  }
}

function put(id: string, inputs: Properties, world: Environment): void {
  const record = {
    owner: ownerOf(inputs, world),
    type: String(inputs.type),
    value: zoneFileValue(inputs),
    ttl: inputs.ttl === 1 ? 300 : Number(inputs.ttl),
  };
  if (records.others(world, record, id).some(({ value }) => value === record.value)) {
    throw new CloudError(apiError(81058, "An identical record already exists."));
  }
  records.put(world, id, record);
}

export const cloudflare: SimulatedCloud = {
  package: "cloudflare",
  configure: (config) => {
    if (!/^[A-Za-z0-9_-]{40,}$/.test(String(config.apiToken ?? ""))) {
      throw new CloudError(
        "API tokens must be 40 characters and only contain characters a-z, A-Z, 0-9, hyphens and underscores",
      );
    }
  },
  resources: {
    "cloudflare:index/dnsRecord:DnsRecord": records.resource({
      replaceOn: ["zoneId", "type"],
      check,
      newId: (world) => world.nextId().toString(16).padStart(32, "0"),
      write: (id, inputs, world) => {
        refuse(inputs);
        put(id, inputs, world);
        return { proxied: false, ...inputs };
      },
      // `read` is the default: a 404 alone takes it out of the state (`internal/services/dns_record/resource.go`). In `Delete`
      // of the same file a 404 is an error like any other.
      deletedTwice: () => new CloudError(apiError(81044, "Record does not exist.", "404 Not Found")),
    }),
  },
  functions: {
    // `internal/services/zone/list_data_source.go`: an empty list is no error.
    "cloudflare:index/getZones:getZones": (args, world) => ({
      match: "all",
      results: world
        .zones()
        .filter((zone) => args.name === undefined || zone === args.name)
        .map((name) => ({ id: zoneId(name), name, status: "active", paused: false, nameServers: [] })),
    }),
  },
  config: { "cloudflare:apiToken": "0".repeat(40) },
};
