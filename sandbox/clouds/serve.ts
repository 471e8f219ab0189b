/**
 * One gRPC resource provider that plays every simulated cloud for the real engine. It is attached with
 * `PULUMI_DEBUG_PROVIDERS=hcloud:PORT,aws:PORT`: the engine talks to it instead of starting the cloud's plugin.
 */
import { randomBytes } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as provider from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import * as empty from "google-protobuf/google/protobuf/empty_pb";
import * as struct from "google-protobuf/google/protobuf/struct_pb";
import {
  type Checked,
  CloudError,
  type Environment,
  InitializationError,
  type Properties,
  type SimulatedCloud,
  type SimulatedResource,
} from "../../providers/internal/simulation/simulated-cloud";
import { asFarAsKnown, withMarks, withUnknowns } from "../../providers/internal/simulation/unknown-value";
import { AccountBook, type Accounts } from "./accounts";

/** The key and value that mark the engine's envelope around a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

export interface ServedClouds {
  readonly port: number;
  readonly accounts: Accounts;
  close(): void;
}

/**
 * Starts serving on a free loopback port.
 * @param clouds the clouds to play
 * @param worldOf the part of the internet that a cloud works in, by the cloud's package name
 */
export async function serveClouds(
  clouds: readonly SimulatedCloud[],
  worldOf: (packageName: string) => Environment,
): Promise<ServedClouds> {
  const server = new grpc.Server();
  const book = new AccountBook();
  const find = finding(clouds, worldOf);
  server.addService(provider.ResourceProviderService, handlers(clouds, worldOf, find, book));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const accounts: Accounts = {
    held: () => book.held(),
    removeByHand: async (type, id) => {
      const held = book.held().find((each) => each.type === type && each.id === id);
      if (!held) throw new Error(`no account holds ${type} ${id}`);
      const { resource, world } = find(type);
      await resource.delete(id, held.outputs, world);
      book.drop(type, id);
      world.note(`removed by hand ${type} ${id}`);
    },
    failWrite: (fault) => book.set(fault),
    writeMet: () => book.met,
    writes: () => book.count,
    clearWriteFault: () => book.set(undefined),
  };
  return { port, accounts, close: () => server.forceShutdown() };
}

type Find = (type: string) => { resource: SimulatedResource; world: Environment };

function finding(clouds: readonly SimulatedCloud[], worldOf: (packageName: string) => Environment): Find {
  return (type) => {
    const packageName = type.split(":")[0] ?? "";
    const cloud = clouds.find((candidate) => candidate.package === packageName);
    const resource = cloud?.resources[type];
    if (!resource) {
      throw new CloudError(`the simulated ${packageName} has no resource ${type}`);
    }
    return { resource, world: worldOf(packageName) };
  };
}

function handlers(
  clouds: readonly SimulatedCloud[],
  worldOf: (packageName: string) => Environment,
  findType: Find,
  book: AccountBook,
): grpc.UntypedServiceImplementation {
  const find = (urn: string) => {
    const type = typeOf(urn);
    return { ...findType(type), type };
  };

  return {
    getPluginInfo: answer(() => {
      const info = new plugin.PluginInfo();
      // Newer than any SDK: the engine warns about a plugin that is older than the program expects.
      info.setVersion("1000.0.0");
      return info;
    }),
    attach: answer(() => new empty.Empty()),
    cancel: answer(() => new empty.Empty()),
    getSchema: answer(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema("{}");
      return response;
    }),
    checkConfig: answer((request: messages.CheckRequest) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: answer(() => {
      const response = new messages.DiffResponse();
      response.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
      return response;
    }),
    configure: answer((request: messages.ConfigureRequest) => {
      const config = plain(request.getArgs());
      const packageName = (request.getType() ?? "").split(":").pop() ?? "";
      clouds.find((cloud) => cloud.package === packageName)?.configure?.(config);
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(false);
      response.setAcceptresources(false);
      response.setSupportspreview(false);
      return response;
    }),
    check: answer((request: messages.CheckRequest) => {
      const { resource, world } = find(request.getUrn());
      const given = withoutInternals(plain(request.getNews()));
      const inputs = autonamed(resource, nameOf(request.getUrn()), plain(request.getOlds()), given);
      const response = new messages.CheckResponse();
      try {
        const name = request.getUrn().split("::").pop() ?? "";
        response.setInputs(toStruct(checked(resource, inputs, world, { name, olds: plain(request.getOlds()) })));
      } catch (error) {
        if (!(error instanceof CloudError)) {
          throw error;
        }
        response.setInputs(toStruct(inputs));
        const failure = new messages.CheckFailure();
        failure.setReason(error.message);
        response.setFailuresList([failure]);
      }
      return response;
    }),
    diff: answer((request: messages.DiffRequest) => {
      const { resource } = find(request.getUrn());
      const olds = plain(request.getOldInputs() ?? request.getOlds());
      const news = plain(request.getNews());
      const state = plain(request.getOlds());
      const ignored = request.getIgnorechangesList();
      const given = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
        (key) => !key.startsWith("__") && JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
      );
      const planned = resource.planned?.(given, state, news) ?? given;
      const changed = planned.filter((key) => !ignored.includes(key));
      const { replaceOn } = resource;
      const replaced = replaceOn === "*" ? changed : changed.filter((key) => replaceOn.includes(key));
      const further = resource.replacedBy?.(changed, state, news) ?? [];
      const response = new messages.DiffResponse();
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
      response.setDiffsList(changed);
      // A resource without an update can only be replaced.
      response.setReplacesList(resource.update ? [...new Set([...replaced, ...further])] : changed);
      return response;
    }),
    create: answer(async (request: messages.CreateRequest) => {
      const { resource, world, type } = find(request.getUrn());
      const created = await book.write(`create ${type}`, async () => {
        const made = (async () => resource.create(plain(request.getProperties()), world))();
        const { id, outputs } = await made.catch((error: unknown) => {
          // It is there, although it failed later.
          if (error instanceof InitializationError) book.keep({ type, id: error.id, outputs: error.outputs });
          throw error;
        });
        book.keep({ type, id, outputs });
        world.note(`create ${type} ${id}`);
        return { id, outputs };
      });
      const response = new messages.CreateResponse();
      response.setId(created.id);
      response.setProperties(toStruct(created.outputs));
      return response;
    }),
    read: answer((request: messages.ReadRequest) => {
      const { resource, world } = find(request.getUrn());
      const outputs = plain(request.getProperties());
      const read = resource.read ? resource.read(request.getId(), outputs, world) : outputs;
      const response = new messages.ReadResponse();
      if (read) {
        response.setId(request.getId());
        response.setProperties(toStruct(read));
        const inputs = plain(request.getInputs());
        const seen = Object.keys(inputs).map((key) => [key, key in read ? read[key] : inputs[key]]);
        response.setInputs(toStruct(Object.fromEntries(seen)));
      }
      return response;
    }),
    update: answer(async (request: messages.UpdateRequest) => {
      const { resource, world, type } = find(request.getUrn());
      if (!resource.update) {
        throw new CloudError(`${type} cannot be updated`);
      }
      const { update } = resource;
      const id = request.getId();
      const outputs = await book.write(`update ${type}`, async () => {
        const updated = await update(id, plain(request.getOlds()), plain(request.getNews()), world);
        book.keep({ type, id, outputs: updated });
        world.note(`update ${type} ${id}`);
        return updated;
      });
      const response = new messages.UpdateResponse();
      response.setProperties(toStruct(outputs));
      return response;
    }),
    delete: answer(async (request: messages.DeleteRequest) => {
      const { resource, world, type } = find(request.getUrn());
      const id = request.getId();
      await book.write(`delete ${type}`, async () => {
        await resource.delete(id, plain(request.getProperties()), world);
        book.drop(type, id);
        world.note(`delete ${type} ${id}`);
      });
      return new empty.Empty();
    }),
    invoke: answer((request: messages.InvokeRequest) => {
      const token = request.getTok();
      const packageName = token.split(":")[0] ?? "";
      const simulated = clouds.find((cloud) => cloud.package === packageName)?.functions?.[token];
      if (!simulated) {
        throw new CloudError(`the simulated ${packageName} has no function ${token}`);
      }
      const response = new messages.InvokeResponse();
      response.setReturn(toStruct(simulated(plain(request.getArgs()), worldOf(packageName))));
      return response;
    }),
  };
}

/** A refusal by the cloud goes to the engine as the cloud's own words; anything else is a bug here, with its stack. */
function answer<Request>(handle: (request: Request) => unknown): grpc.handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (value) => callback(null, value),
        (error: unknown) => {
          const text = error instanceof CloudError ? error.message : error instanceof Error ? error.stack : error;
          const metadata = error instanceof InitializationError ? failedLater(error) : {};
          callback({ code: grpc.status.UNKNOWN, details: String(text), ...metadata });
        },
      );
  };
}

/** What tells the engine that the resource is there all the same (`rpcerror.WithDetails` in the plugins). */
function failedLater({ message, id, outputs }: InitializationError): { readonly metadata: grpc.Metadata } {
  const failure = new messages.ErrorResourceInitFailed();
  failure.setId(id);
  failure.setProperties(toStruct(outputs));
  failure.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { metadata };
}

/** `urn:pulumi:stack::project::parent$type::name` -> `type` */
function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").pop() ?? "";
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** A name that was made up stays. */
function autonamed({ autoname }: SimulatedResource, name: string, olds: Properties, given: Properties): Properties {
  if (autoname === undefined || given[autoname] !== undefined) return given;
  return { ...given, [autoname]: olds[autoname] ?? `${name}-${randomBytes(4).toString("hex").slice(0, 7)}` };
}

function plain(properties: struct.Struct | undefined): Properties {
  return unwrapped((properties?.toJavaScript() ?? {}) as Properties) as Properties;
}

/** A cloud's API never sees Pulumi's envelope around a secret. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unwrapped);
  }
  if (value !== null && typeof value === "object") {
    const fields = value as Properties;
    return SIGNATURE in fields
      ? unwrapped(fields.value)
      : Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, unwrapped(field)]));
  }
  return value;
}

function withoutInternals(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}

/**
 * The inputs as the cloud's check leaves them. As with the genuine providers, a preview in which some inputs are unknown
 * is checked too: the check sees what is known, and ends where it reads what is not.
 */
function checked({ check }: SimulatedResource, inputs: Properties, world: Environment, resource: Checked): Properties {
  const seen = withUnknowns(inputs) as Properties;
  return check === undefined ? inputs : (withMarks(asFarAsKnown(check)(seen, world, resource)) as Properties);
}

function toStruct(properties: Properties): struct.Struct {
  const defined = JSON.parse(JSON.stringify(properties)) as Record<string, struct.JavaScriptValue>;
  return struct.Struct.fromJavaScript(defined);
}
