/**
 * The check of the mail domain's TXT records before an SPF record is created, because a domain may have only one (RFC 7208
 * section 4.5: two are a permerror). It runs before the first resource of the stack, and again just before the SPF record.
 */
import { AsyncResource } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { lookUpRecords, type RecordLookup } from "../fcrdns/look-up-records";
import { forTerminal } from "../fcrdns/report/escape";
import type { DnsSettings } from "../fcrdns/settings";
import type { DnsHost } from "../providers/dns-host";
import { asksDns } from "../providers/internal/asks-dns";
import { failsRun } from "../providers/internal/fails-run";
import { promiseOf } from "../providers/internal/promise-of";
import { existingText } from "../providers/internal/records/existing-record";
import { UserError } from "../providers/internal/user-error";

/** The SPF record that will be created. */
export interface SpfRecord {
  /** The Pulumi name of its resource. */
  readonly name: string;
  /** Its Pulumi name in older stacks. */
  readonly formerName: string;
  readonly dns: DnsHost;
}

/** Milliseconds between two looks at what a name server may still show of a deleted record. */
const LOOK_AGAIN_MS = 2000;

const checks = new WeakMap<object, Promise<unknown>[]>();
const noStack = {};

/**
 * Rejects the SPF record if it cannot be added to the existing text. Not if the stack already has it, because the text in DNS
 * is then its own; nor if it is entered by hand.
 * @param spf its text
 * @returns options for the record: it is not made before the first look, and not without a second one
 */
export function rejectingSecondSpf(
  record: SpfRecord,
  spf: pulumi.Output<string>,
  settings: DnsSettings,
): pulumi.CustomResourceOptions {
  // Mocks know neither hooks nor a state.
  const monitor = pulumi.runtime.getMonitor();
  if (monitor instanceof MockMonitor || record.dns.capabilities.records === undefined) {
    return {};
  }
  const check = firstLook(record, settings);
  failsRun(check);
  checksOfRun().push(check);
  if (pulumi.runtime.isDryRun()) {
    return {};
  }
  // The engine calls back from outside of the program.
  const look = AsyncResource.bind(async () => {
    // A record that the stack had and that is made again was deleted just before, and may be shown a while longer.
    const lagMs = (await check) === "in the state" ? record.dns.capabilities.expectedLagMinutes * 60_000 : 0;
    for (const until = Date.now() + lagMs; ; await sleep(LOOK_AGAIN_MS)) {
      const seen = await lookUpRecords(record.dns.zone, "TXT", settings);
      const problem = textProblem(record, seen, await promiseOf(spf));
      if (problem === undefined || Date.now() >= until) {
        return reject(problem);
      }
    }
  });
  return {
    dependsOn: waitingFor(check),
    hooks: { beforeCreate: [new pulumi.ResourceHook(`fcrdns-apex-text:${record.name}`, () => look())] },
  };
}

/**
 * For the `dependsOn` of whatever is made first: what the program publishes of mail in the same turn of the event loop, as
 * one that does not wait in between does, is looked at before.
 */
export function mailRecordsChecked(): pulumi.Output<pulumi.Resource[]> {
  if (!asksDns()) {
    return pulumi.output([]);
  }
  const ofRun = checksOfRun();
  return waitingFor(new Promise((resolve) => setImmediate(resolve)).then(() => Promise.all(ofRun)));
}

function waitingFor(promise: Promise<unknown>): pulumi.Output<pulumi.Resource[]> {
  return pulumi.output(promise.then((): pulumi.Resource[] => [])) as pulumi.Output<pulumi.Resource[]>;
}

function checksOfRun(): Promise<unknown>[] {
  const run = pulumi.runtime.getStackResource() ?? noStack;
  const known = checks.get(run) ?? [];
  checks.set(run, known);
  return known;
}

async function firstLook(record: SpfRecord, settings: DnsSettings): Promise<"in the state" | "new"> {
  if (await isInState(record)) {
    return "in the state";
  }
  if (asksDns()) {
    reject(textProblem(record, await lookUpRecords(record.dns.zone, "TXT", settings)));
  }
  return "new";
}

function reject(problem: string | undefined): void {
  if (problem !== undefined) {
    throw new UserError(problem);
  }
}

/**
 * Whether the stack has the SPF record; also where the state cannot be read, for the record itself is looked at once more.
 * Pulumi's own `readStackResourceOutputs` breaks on a stack without a state, which a new one has once its root resource is
 * made: in a preview another function of the same provider is called, so that Pulumi plans to keep that provider.
 */
async function isInState({ name, formerName }: SpfRecord): Promise<boolean> {
  const root = pulumi.runtime.getStackResource();
  if (root === undefined) {
    return true;
  }
  try {
    const urn = await promiseOf(root.urn);
    if (pulumi.runtime.isDryRun()) {
      await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn });
      return true;
    }
    const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
    const { outputs } = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
    return Object.keys(outputs).some((known) => known.endsWith(`::${name}`) || known.endsWith(`::${formerName}`));
  } catch {
    return true;
  }
}

/**
 * Why the SPF record cannot be created, and what to do; undefined if it can.
 * @param seen the domain's TXT records
 * @param spf its text; undefined while its addresses are not known
 */
export function textProblem({ name, dns }: SpfRecord, seen: RecordLookup, spf?: string): string | undefined {
  const { zone, capabilities } = dns;
  const { unit, textJoins, sameRecord } = capabilities.records ?? {};
  const joins = unit === "value" || textJoins === true;
  if (!seen.known) {
    const harm = joins
      ? "accept a second SPF record, which makes both invalid (RFC 7208 section 4.5)"
      : "overwrite the existing text";
    // Elsewhere the DNS host itself refuses a second record set.
    return joins || sameRecord === "overwritten"
      ? [
          `${zone} TXT could not be looked up, and ${capabilities.title} would ${harm}: neither SPF nor MX was published.`,
          `  found     ${seen.why}`,
          "  fix       run pulumi up again when the zone's name servers answer.",
        ].join("\n")
      : undefined;
  }
  const there = seen.values.map((text) => `  found     ${zone} TXT ${forTerminal(text)}`);
  const others = seen.values.filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [other] = others;
  if (other !== undefined) {
    const couldBeOurs = others.length === 1 && (spf === undefined ? OURS.test(other) : other === spf);
    if (couldBeOurs && sameRecord === "shared") {
      return undefined;
    }
    if (couldBeOurs && spf !== undefined) {
      return existingText(name, dns, { owner: zone, type: "TXT" });
    }
    return [
      `${zone} already has an SPF record that is not in this stack, and a second one would make both invalid (RFC 7208 section 4.5): neither SPF nor MX was published.`,
      ...others.map((text) => `  found     ${zone} TXT ${forTerminal(text)}`),
      `  fix       add ${mechanisms(spf)} to that record at ${capabilities.title}, leave fcrdns:mx off (pulumi config set fcrdns:mx false), and enter the MX by hand;`,
      "            or delete that record (an interrupted run may have left it) and run pulumi up again.",
    ].join("\n");
  }
  if (there.length > 0 && !joins) {
    return [
      `${zone} already has TXT records, and ${capabilities.title} keeps all of them in one record set, which is not in this stack: neither SPF nor MX was published.`,
      ...there,
      `  fix       add the SPF text ${spf === undefined ? '"v=spf1 ip4:ADDRESS ~all"' : JSON.stringify(spf)} to that set at ${capabilities.title}, leave fcrdns:mx off (pulumi config set fcrdns:mx false), and enter the MX by hand.`,
    ].join("\n");
  }
  return undefined;
}

/** What `spfText` makes, of whatever addresses. */
const OURS = /^v=spf1(?: ip[46]:\S+)+ ~all$/;

function mechanisms(spf: string | undefined): string {
  return spf === undefined ? "ip4:ADDRESS (and ip6:ADDRESS) of this server" : spf.split(" ").slice(1, -1).join(" ");
}
