/** Gandi LiveDNS as its provider plugin shows it: whole record sets, one a name and type. */
import {
  CloudError,
  type Environment,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../internal/simulation/simulated-cloud";

function owner({ zone, name }: Properties): string {
  return name === "@" ? String(zone) : `${name}.${zone}`;
}

/** `RequestError.Error` of go-gandi, which writes the status twice, without the space at its end. */
function notFound(domain: unknown): string {
  return `StatusCode: 404 ; Err: 404: The domain ${domain} could not be found`;
}

function publish(inputs: Properties, world: Environment): void {
  world.setRecords(owner(inputs), String(inputs.type), inputs.values as string[], Number(inputs.ttl));
}

const record: SimulatedResource = {
  replaceOn: ["zone", "name", "type"],
  check: (inputs) => {
    for (const key of ["zone", "name", "type", "ttl", "values"]) {
      if (inputs[key] === undefined) {
        throw new CloudError(
          `Missing required argument: The argument "${key}" is required, but no definition was found.`,
        );
      }
    }
    return inputs;
  },
  create: (inputs, world) => {
    if (!world.zones().includes(String(inputs.zone))) {
      throw new CloudError(notFound(inputs.zone));
    }
    if (Number(inputs.ttl) < 300 || Number(inputs.ttl) > 2592000) {
      throw new CloudError("StatusCode: 400 ; Err: rrset_ttl: must be between 300 and 2592000");
    }
    if (world.records(owner(inputs), String(inputs.type)).length > 0) {
      throw new CloudError("StatusCode: 409 ; Err: 409: A DNS Record already exists with same value");
    }
    publish(inputs, world);
    const href = `https://api.gandi.net/v5/livedns/domains/${inputs.zone}/records/${inputs.name}/${inputs.type}`;
    return { id: `${inputs.zone}/${inputs.name}/${inputs.type}`, outputs: { ...inputs, href } };
  },
  update: (_id, olds, inputs, world) => {
    publish(inputs, world);
    return { ...olds, ...inputs };
  },
  read: (_id, outputs, world) => (world.records(owner(outputs), String(outputs.type)).length > 0 ? outputs : undefined),
  // A 404 is an error like any other here (`resourceLiveDNSRecordDelete`).
  delete: (_id, outputs, world) => {
    if (world.records(owner(outputs), String(outputs.type)).length === 0) {
      throw new CloudError("StatusCode: 404 ; Err: 404: The resource could not be found.");
    }
    world.setRecords(owner(outputs), String(outputs.type), []);
  },
};

export const gandi: SimulatedCloud = {
  package: "gandi",
  // No `configure`: whatever is given, or nothing, is sent with the first request (`getGandiClients` in `gandi/provider.go`).
  resources: { "gandi:livedns/record:Record": record },
  functions: {
    "gandi:livedns/getDomain:getDomain": ({ name }, world) => {
      if (!world.zones().includes(String(name))) {
        throw new CloudError(`unknown domain '${name}': ${notFound(name)}`);
      }
      return { id: name, name };
    },
  },
  config: { "gandi:personalAccessToken": "0".repeat(40) },
};
