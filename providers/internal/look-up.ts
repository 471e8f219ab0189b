/**
 * Look-ups at a provider that come before anything is made (a zone, an address that exists): each is made once in a run,
 * and its failure is reported once, with the next command.
 */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { forTerminal } from "../../fcrdns/report/escape";
import { credentialsOf } from "../find-provider";
import { lackingCredentials } from "./credentials";
import { failsRun } from "./fails-run";
import { UserError } from "./user-error";

/** What is looked up where. */
export interface Wanted {
  /** The provider as people write it: "Hetzner DNS". */
  readonly title: string;
  /** Its Pulumi package: `hcloud`. */
  readonly package: string;
  /** `the zone example.com`, `the primary IP 4711`. */
  readonly what: string;
  /** What to do if the provider does not have it. */
  readonly ifMissing: string;
  /** What to do when it knows more than one. @default delete or rename all but one */
  readonly ifSeveral?: string;
}

/** Longest piece of a provider's error that is repeated, in characters. */
const MAX_WORDS = 300;

/**
 * The result of a look-up.
 * @returns rejects with a {@link UserError}; everything that waits for it fails with that same error, which Pulumi tells once
 */
export function lookedUp<T>(wanted: Wanted, found: Promise<T>): pulumi.Output<pulumi.Unwrap<T>> {
  const failing = found.catch((error: unknown) => {
    const raw = error instanceof Error ? error.message : String(error);
    // The engine is going down: whatever made it stop has been reported.
    throw raw === "Resource monitor is terminating" ? error : reportedOnce(wanted, raw);
  });
  failsRun(failing);
  return pulumi.output(failing);
}

/**
 * An id that somebody wrote down, once the provider knows it. Where the look-up fails for any reason but that there is no
 * such thing, the id is taken as it is: credentials that may change records need not be allowed to read zones.
 */
export function knownId(wanted: Wanted, id: string, found: Promise<unknown>): pulumi.Output<string> {
  const known = found.then(
    () => id,
    (error: unknown) => {
      const raw = error instanceof Error ? error.message : String(error);
      if (causeOf(wanted, providersWords(raw)) === "missing") throw error;
      return id;
    },
  );
  return lookedUp(wanted, known);
}

const reported = new WeakMap<object, Map<string, UserError>>();
const noStack = {};

/**
 * Pulumi tells an error object once; two look-ups of a run that fail in the same way are one cause: whatever is asked of a
 * plugin that lacks credentials, or whose API does not answer, fails.
 */
function reportedOnce(wanted: Wanted, raw: string): UserError {
  const text = lookUpFailure(wanted, raw);
  const cause = causeOf(wanted, providersWords(raw));
  return onceInRun(cause === "missing" || cause === "several" ? text : `${wanted.package} ${cause}`, text);
}

function onceInRun(key: string, text: string): UserError {
  const run = pulumi.runtime.getStackResource() ?? noStack;
  const errors = reported.get(run) ?? new Map<string, UserError>();
  reported.set(run, errors);
  const error = errors.get(key) ?? new UserError(text);
  errors.set(key, error);
  return error;
}

/** A look-up with arguments that are outputs; in a preview in which they are unknown, so is the result. */
export function lookedUpWith<A, T>(
  wanted: (args: pulumi.Unwrap<A>) => Wanted,
  args: A,
  find: (args: pulumi.Unwrap<A>) => Promise<T>,
): pulumi.Output<pulumi.Unwrap<T>> {
  const found = pulumi.output(args).apply((known) => lookedUp(wanted(known), find(known)));
  return found as pulumi.Output<pulumi.Unwrap<T>>;
}

/** The options of an invoke that goes through the same provider as a resource with these options. */
export function invokeOptions({ parent, provider }: pulumi.CustomResourceOptions): pulumi.InvokeOptions {
  return { ...(parent && { parent }), ...(provider && { provider }) };
}

/**
 * Remembers a look-up, so that it is made once in a run and for one provider, however many records are published.
 * @param packageName the Pulumi package, which decides on the provider that a parent hands down
 */
export function oncePerRun<T>(
  packageName: string,
  find: (options: pulumi.InvokeOptions) => pulumi.Output<T>,
): (options: pulumi.CustomResourceOptions) => pulumi.Output<T> {
  const known = new WeakMap<object, Map<pulumi.ProviderResource | undefined, pulumi.Output<T>>>();
  return (options) => {
    // One process may run several programs, and the result of one is not the next one's.
    const run = pulumi.runtime.getStackResource() ?? noStack;
    const byProvider = known.get(run) ?? new Map<pulumi.ProviderResource | undefined, pulumi.Output<T>>();
    known.set(run, byProvider);
    const provider = options.provider ?? options.parent?.getProvider(`${packageName}:index:lookUp`);
    const found =
      byProvider.get(provider) ??
      (provider === undefined ? withoutAsking<T>(packageName) : undefined) ??
      find(invokeOptions(options));
    byProvider.set(provider, found);
    return found;
  };
}

/**
 * A failed look-up where the plugin's own configuration lacks credentials. It is not asked then: it would log its own words
 * for it beside ours. An explicit provider may have them from anywhere.
 */
function withoutAsking<T>(packageName: string): pulumi.Output<T> | undefined {
  const lacking = pulumi.runtime.getMonitor() instanceof MockMonitor ? undefined : lackingCredentials([packageName]);
  if (lacking === undefined) {
    return undefined;
  }
  const failing = Promise.reject<T>(
    onceInRun(`${packageName} credentials`, `${lacking}\nNothing that needs it was created or changed.`),
  );
  failsRun(failing);
  return pulumi.output(failing) as pulumi.Output<T>;
}

const CREDENTIALS =
  /token|credential|unauthori[sz]ed|authenticat|authorization|\b40[13]\b|forbidden|access denied|(?:api|access|secret) ?key|permission|SignatureDoesNotMatch|az login|AADSTS/i;
const MISSING =
  /not found|not ?exist|\b404\b|no (?:\S+ ){0,4}(?:found|match)|\b0 (?:results|found)|no results|NotFound|no matching/i;
/** A plugin that finds no API where it looks for it: a 404 there is not the zone's. */
const UNREACHED = /error connecting to/i;
/** `getZone` of Route 53, the lists of zones of Cloudflare and Scaleway. */
const SEVERAL = /multiple .* matched|\b(?:[2-9]|\d\d+) (?:results |zone )?found/i;
/** The plugin's configuration is incomplete or wrong: project, region or subscription. */
const CONFIGURED =
  /required field is not set|(?:invalid|missing|unknown)\b.{0,20}\bregion|subscription.{0,60}(?:not found|not be found|must be|required)|InvalidSubscriptionId|lookup \S+: no such host/i;

/** True if other credentials would fix the provider's error. */
export function isAboutCredentials(said: string): boolean {
  return CREDENTIALS.test(said);
}

type Cause = "several" | "configuration" | "credentials" | "missing" | "no answer";

function causeOf({ package: name, what }: Wanted, said: string): Cause {
  const words = withoutWordsOf(what, said);
  const known = credentialsOf(name) !== undefined;
  if (SEVERAL.test(words)) return "several";
  if (known && CONFIGURED.test(words)) return "configuration";
  if (known && CREDENTIALS.test(words)) return "credentials";
  return MISSING.test(words) && !UNREACHED.test(words) ? "missing" : "no answer";
}

/** The error text of a failed look-up; pure. */
export function lookUpFailure(wanted: Wanted, raw: string): string {
  const { title, package: name, what, ifMissing, ifSeveral = "delete or rename all but one" } = wanted;
  const said = providersWords(raw) || "it gave no reason";
  const { needs = "credentials", commands = [] } = credentialsOf(name) ?? {};
  const failure = (seen: string, fix: string): string =>
    `${title} ${seen}, so nothing that needs it was created or changed: ${said}\n  Fix: ${fix}`;
  switch (causeOf(wanted, said)) {
    case "several":
      return failure(`has several of ${what}`, ifSeveral);
    case "configuration":
      return failure(`cannot look up ${what}`, `set the missing value, or correct it: ${commands.join("; ")}`);
    case "credentials":
      return failure(`refused to look up ${what}`, `set ${needs} with permission to read it: ${commands.join("; ")}`);
    case "missing":
      return failure(`does not have ${what}`, ifMissing);
    case "no answer":
      return failure(
        `could not look up ${what}`,
        "run again when its API answers; `pulumi up --logtostderr -v=9` shows the requests",
      );
  }
}

/** The user's own name is ignored in the reason: a zone may be named token.example. */
function withoutWordsOf(what: string, said: string): string {
  const own = what.split(" ").map((word) => word.replaceAll(/[^\w-]/g, "\\$&"));
  return said.replaceAll(new RegExp(`(?<![\\w.-])(?:${own.join("|")})(?![\\w-])`, "g"), "").replaceAll(/\s+/g, " ");
}

/** The provider's own sentence, without the layers around it, on one line and fit to print. */
function providersWords(raw: string): string {
  const cause = raw
    .replace(/^(?:invocation of \S+ returned an error: |Invoke of '\S+' failed: |invoking \S+: )+/, "")
    .replace(/\b\d+ errors? occurred:/, "")
    .replaceAll(/\s+\* |\s+/g, " ")
    .trim();
  const shown = forTerminal(cause);
  return shown.length > MAX_WORDS ? `${shown.slice(0, MAX_WORDS)} ...` : shown;
}
