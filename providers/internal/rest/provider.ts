/**
 * The dynamic provider behind `RestPtr`. It runs in Pulumi's host of dynamic providers, which finds it through
 * `loaded-provider.ts`. Secrets are read from the stack's config at the moment of use and never become part of inputs,
 * outputs or errors.
 */
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { parseAddress } from "../../../fcrdns/names/address";
import { canonicalName } from "../../../fcrdns/names/name";
import { nearest } from "../../../fcrdns/names/nearest";
import { isRestApiName, restApis } from "./apis";
import { type CredentialSources, findCredentials } from "./credentials";
import { resetPtr, sameText, setPtr } from "./read-back";
import type { RestApi, Session, Target } from "./rest-api";
import { RestPtrError } from "./rest-ptr-error";
import { RunMemory } from "./run-memory";
import { endpointProblem, openSession } from "./session";

interface RestPtrInputs {
  readonly provider: string;
  readonly address: string;
  readonly hostname: string;
  readonly endpoint?: string;
  readonly tokenEndpoint?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly tries?: number;
  readonly timeoutSeconds?: number;
}

interface RestPtrOutputs extends RestPtrInputs {
  /** The PTR before ours; null: none, or not known because ours was already there. */
  readonly previous: string | null;
}

/** What the engine sends in a preview for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let config: dynamic.Config | undefined;

/** One process of the host serves all resources of one run: it configures the provider, then calls it for each. */
let memory = new RunMemory();

export const provider: dynamic.ResourceProvider<RestPtrInputs, RestPtrOutputs> = {
  configure: async (request) => {
    config = request.config;
    memory = new RunMemory();
  },

  check: async (_olds, news) => ({ inputs: canonical(news), failures: failuresOf(news) }),

  diff: async (_id, olds, news) => {
    const moved = (["address", "provider"] as const).filter((key) => news[key] !== UNKNOWN && news[key] !== olds[key]);
    const kept =
      sameText(olds.hostname, news.hostname) &&
      olds.endpoint === news.endpoint &&
      olds.tokenEndpoint === news.tokenEndpoint &&
      JSON.stringify(olds.settings ?? {}) === JSON.stringify(news.settings ?? {}) &&
      news.address !== UNKNOWN;
    return { changes: moved.length > 0 || !kept, replaces: moved, deleteBeforeReplace: true };
  },

  create: async (inputs) => {
    const { api, session, target } = open(inputs, `set the PTR of ${inputs.address} to ${inputs.hostname}`);
    const before = await api.read(session, target);
    if (typeof before === "object" && before !== null) throw session.noAddress(before);
    const id = `${inputs.provider}/${inputs.address}`;
    if (before !== null && sameText(before, inputs.hostname)) return { id, outs: { ...inputs, previous: null } };
    const outs = { ...inputs, previous: before === null ? null : shownName(before, session) };
    await remembering(id, outs, () => setPtr(api, session, target, inputs.hostname));
    return { id, outs };
  },

  read: async (id, props) => {
    if (props === undefined) return { id };
    const { api, session, target } = open(props, `read the PTR of ${props.address}`);
    const found = await api.read(session, target);
    if (typeof found === "object" && found !== null) return { id: "" };
    return { id, props: { ...props, hostname: found === null ? "" : shownName(found, session) } };
  },

  update: async (id, olds, news) => {
    const { api, session, target } = open(news, `set the PTR of ${news.address} to ${news.hostname}`);
    await remembering(id, { ...news, hostname: olds.hostname, previous: olds.previous }, () =>
      setPtr(api, session, target, news.hostname),
    );
    return { outs: { ...news, previous: olds.previous } };
  },

  delete: async (_id, props) => {
    const { api, session, target } = open(props, `remove the PTR of ${props.address}`);
    if ((await resetPtr(api, session, target, props.hostname, props.previous)) === "stays") {
      console.log(
        `the PTR of ${props.address} stays ${props.hostname}: ${api.title}'s API cannot delete it, and the ` +
          "previous PTR is not known; ask its support to remove it",
      );
    }
  },
};

/**
 * A write whose end is not known may have happened. The engine then keeps the resource in the state as one that failed to
 * come up: the next `up` writes again, `destroy` resets it, and what was there before is not forgotten.
 */
async function remembering(id: string, properties: RestPtrOutputs, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof RestPtrError) || !error.uncertain) throw error;
    throw Object.assign(error, { id, properties, reasons: [error.message] });
  }
}

function open(props: RestPtrInputs, purpose: string): { api: RestApi; session: Session; target: Target } {
  const api = isRestApiName(props.provider) ? restApis[props.provider] : undefined;
  if (api === undefined) throw new RestPtrError(unknownProvider(props.provider));
  const found = findCredentials(api, credentialSources());
  if (!found.ok) throw new RestPtrError(`Cannot ${purpose}: ${found.problem}.`);
  const { endpoint, tokenEndpoint, tries, timeoutSeconds, address, settings = {} } = props;
  const session = openSession(api, {
    credentials: found.credentials,
    purpose,
    ...(endpoint !== undefined && { endpoint }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(tries !== undefined && { tries }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    memory,
  });
  return { api, session, target: { address, family: address.includes(":") ? 6 : 4, settings } };
}

function credentialSources(): CredentialSources {
  return { config: (key) => config?.get(key), environment: process.env };
}

/** One spelling of each value, so that another spelling is no change. */
function canonical(news: RestPtrInputs): RestPtrInputs {
  const parsed = parseAddress(news.address);
  return {
    ...news,
    address: parsed.ok ? parsed.address.text : news.address,
    hostname: news.hostname === UNKNOWN ? UNKNOWN : canonicalText(news.hostname),
  };
}

function failuresOf(news: RestPtrInputs): dynamic.CheckFailure[] {
  if (!isRestApiName(news.provider)) return [{ property: "provider", reason: unknownProvider(news.provider) }];
  const api: RestApi = restApis[news.provider];
  const failures: dynamic.CheckFailure[] = [];
  const parsed = parseAddress(news.address);
  if (!parsed.ok && news.address !== UNKNOWN) failures.push({ property: "address", reason: parsed.reason });
  const name = canonicalName(news.hostname);
  if (!name.ok) failures.push({ property: "hostname", reason: name.reason });
  for (const key of ["endpoint", "tokenEndpoint"] as const) {
    const given = news[key];
    const problem = given === undefined || given === UNKNOWN ? undefined : endpointProblem(given);
    if (problem !== undefined) failures.push({ property: key, reason: problem });
  }
  const settings = typeof news.settings === "object" ? Object.keys(news.settings) : [];
  for (const key of settings.filter((setting) => !api.settings.includes(setting))) {
    const known = api.settings.length === 0 ? "takes none" : `takes ${api.settings.join(", ")}`;
    failures.push({ property: "settings", reason: `${key} is not a setting of ${api.title}, which ${known}` });
  }
  const found = findCredentials(api, credentialSources());
  if (!found.ok) failures.push({ property: "provider", reason: found.problem });
  return failures;
}

function unknownProvider(name: string): string {
  const meant = nearest(name, Object.keys(restApis));
  const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `${JSON.stringify(name)} is not a known provider with an API for PTRs.${question} Known: ${Object.keys(restApis).join(", ")}`;
}

function canonicalText(name: string): string {
  const read = canonicalName(name);
  return read.ok ? read.name : name;
}

/** A name of the vendor's as it may stand in the state, where the engine prints it. */
function shownName(name: string, session: Session): string {
  const read = canonicalName(name);
  return read.ok ? read.name : session.printable(name);
}
