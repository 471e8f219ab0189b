/**
 * The life of a sending IP whose `up`, rename and `destroy` are killed at one point each. After each kill the next run
 * follows docs/recovery.md, and what is counted is what the vendor holds and what DNS shows.
 */
import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "../../components/sending-ip";
import { verify } from "../../fcrdns/index";
import { openAccount } from "../../providers/internal/simulation/account";
import type { ReverseZones } from "../../providers/internal/simulation/simulated-api";
import type { HeldResource } from "../../sandbox/clouds/accounts";
import { type RemoteInternet, startInternetProcess } from "../../sandbox/internet/remote-internet";
import { type RestFault, type SeenRequest, type ServedApi, serveRestApi } from "../../sandbox/rest/serve";
import { askHere } from "../../sandbox/sandbox";
import { NEW, OLD, ZONE } from "../engine/rename/renaming";
import { brokenMoments } from "./broken-moments";
import { type KillableStack, killableStack, type Outcome, type Victim } from "./killable-stack";
import { type KindName, kindOf } from "./kinds";

/** What goes wrong, and when: always at an event, never at a time. */
export type Point = Kill | VendorFault;

type Kill = { readonly nth: number; readonly victim: Victim } & (
  | {
      /** The nth write (create, update, delete) that the simulated cloud, or the REST API, was asked for. */
      readonly at: "cloud" | "api";
      /** `received`: it has done nothing. `done`: it has done it, and the engine has no answer. */
      readonly moment: "received" | "done";
    }
  /** The engine says that the nth resource is done. */
  | { readonly at: "event" }
);

/** The vendor fails, and nobody is killed. */
type VendorFault = { readonly victim: "nobody" } & (
  | {
      readonly at: "cloud";
      readonly nth: number;
      /** `late`: the answer comes after some seconds. Otherwise the plugin's error, before or after the cloud has done it. */
      readonly moment: "received" | "done";
      readonly answer: "late" | { readonly error: string };
    }
  /** Every write of the run, or the first alone. */
  | { readonly at: "api"; readonly fault: RestFault; readonly times: "first" | "every" }
);

/** How long an answer is late, milliseconds. */
const LATE_MS = 4_000;

export type Operation = "up" | "rename" | "destroy";

/** What became of one kill. */
export interface Row {
  readonly kind: KindName;
  readonly operation: Operation;
  readonly point: string;
  /** What was under way: `create hcloud:index/primaryIp:PrimaryIp`. */
  readonly met: string;
  readonly locked: boolean;
  /** Operations that the state has as pending. */
  readonly pending: number;
  /** Files beside the state that the kill has left empty. */
  readonly emptied: number;
  /** What the vendor held and the state did not, deleted by hand as the page says. */
  readonly orphans: readonly string[];
  /** Of these, those of which the state does not say that they were being created; 0 after a kill. */
  readonly unlisted: number;
  /** Counted when the next run is over; each must be 0. */
  readonly leaked: number;
  readonly ptrsWrong: number;
  readonly recordsWrong: number;
  /** Moments of a rename at which an address had no round trip. */
  readonly broken: number;
  /** How the run ended that met the fault. */
  readonly ended: "killed" | "failed" | "right";
  /** Runs after that until one ended well. */
  readonly runs: number;
  /** What went wrong otherwise. */
  readonly error?: string;
}

export function pointText(point: Point): string {
  if (point.victim === "nobody") {
    if (point.at === "api") return `${point.times} api write: ${JSON.stringify(point.fault)}`;
    const answer = point.answer === "late" ? "answered late" : point.answer.error;
    return `cloud write ${point.nth} ${point.moment}: ${answer}`;
  }
  const what = point.at === "event" ? `event ${point.nth}` : `${point.at} write ${point.nth} ${point.moment}`;
  return point.victim === "both" ? what : `${what}, ${point.victim} alone`;
}

export interface Played {
  readonly rows: readonly Row[];
  /** The runs that ended before the point was reached. */
  readonly beyond: readonly Operation[];
}

/** Plays one life. @param operations those that are killed; the others run undisturbed */
export async function killedLife(
  engine: string,
  home: string,
  name: KindName,
  point: Point,
  operations: readonly Operation[] = ["up", "rename", "destroy"],
): Promise<Played> {
  const kind = kindOf(name);
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-killed-"));
  const internet = await startInternetProcess({ forwardZones: [ZONE], negativeTtl: 1 });
  const account = openAccount(kind.existing ?? []);
  const zones: ReverseZones = {
    ...account,
    setPtr: (address, hostname) => {
      account.setPtr(address, hostname);
      void internet.setPtr(address, hostname);
    },
  };
  const served = kind.api && (await serveRestApi(kind.api, zones));
  const stack = killableStack(
    {
      engine,
      home,
      folder,
      kind: name,
      endpoint: served?.endpoint ?? "",
      providers: internet.provider,
      config: {
        ...internet.config,
        ...askHere(internet),
        "fcrdns:mode": "authoritative",
        "fcrdns:deadlineSeconds": kind.byTicket ? "3" : "20",
      },
    },
    kind.environment,
  );
  const rows: Row[] = [];
  const beyond: Operation[] = [];
  const world: World = { name, point, internet, stack, served, addresses: [] };
  try {
    for (const operation of ["up", "rename", "destroy"] as const) {
      const row = await played(world, operation, operations.includes(operation) ? point : undefined);
      if (row === "beyond") beyond.push(operation);
      else if (row !== "undisturbed") rows.push(row);
      if (typeof row === "object" && row.error !== undefined) break;
    }
    return { rows, beyond };
  } finally {
    await stack.close();
    await served?.close();
    await internet.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface World {
  readonly name: KindName;
  readonly point: Point;
  readonly internet: RemoteInternet;
  readonly stack: KillableStack;
  readonly served: ServedApi | undefined;
  /** Those of the last run that ended well. */
  addresses: readonly string[];
}

async function played(
  world: World,
  operation: Operation,
  point: Point | undefined,
): Promise<Row | "beyond" | "undisturbed"> {
  const { name, internet, stack } = world;
  const hostname = operation === "up" ? OLD : NEW;
  const before = await internet.journal();
  if (point === undefined) {
    const { ok, text } = await untilWell(world, operation, hostname);
    assert.ok(ok, text);
    return "undisturbed";
  }

  const faulty = point.victim === "nobody" ? faultyRun : killedRun;
  const { outcome, met } = await faulty(world, operation, hostname, point as never);
  if (met === undefined) {
    if (!outcome.killed && outcome.ok) {
      remember(world, operation, outcome);
    } else {
      // The run came to its end; people have still to do their part.
      const { ok, text } = await untilWell(world, operation, hostname);
      assert.ok(ok, text);
    }
    return "beyond";
  }

  // A file:// backend, killed while it wrote what it notes beside each file.
  const emptied = stack.emptyFiles();
  for (const file of emptied) rmSync(file);
  const locked = stack.isLocked();
  const { pending } = stack.state();
  const found = {
    kind: name,
    operation,
    point: pointText(point),
    met,
    locked,
    pending: pending.length,
    emptied: emptied.length,
  };
  // docs/recovery.md, "After a killed run", step by step.
  if (locked) await stack.run({ operation: "cancel", hostname });
  const orphans = await orphansOf(world);
  for (const { type, id } of orphans) await internet.accounts.removeByHand(type, id);
  const ended = outcome.killed || point.victim !== "nobody" ? "killed" : outcome.ok ? "right" : "failed";
  // A failed run leaves nothing pending. A droplet's name is in the state although its rename failed.
  const refresh = ended === "killed" || (ended === "failed" && operation === "rename" && name === "DigitalOcean");
  const refreshed = refresh ? await stack.run({ operation: "refresh", hostname }) : undefined;
  if (ended === "right" && !outcome.killed) remember(world, operation, outcome);
  const { ok, text, runs } =
    ended === "right" ? { ok: true, text: "", runs: 0 } : await untilWell(world, operation, hostname);
  const errors = [
    ...(refreshed?.killed === false && !refreshed.ok ? [`the refresh failed:\n${refreshed.text}`] : []),
    ...(ok ? [] : [`the run after it failed:\n${text}`]),
  ];
  await internet.settled();
  const counts = await counted(world, operation, hostname, before);
  return {
    ...found,
    orphans: orphans.map(({ type }) => type),
    unlisted: ended === "killed" ? orphans.filter(({ type }) => !pending.includes(`creating ${type}`)).length : 0,
    ...counts,
    ended,
    runs,
    ...(errors.length > 0 && { error: errors.join("\n") }),
  };
}

/** Runs until somebody is killed at the point; `met` is undefined when the run ended before. */
async function killedRun(
  { internet, stack, served }: World,
  operation: Operation,
  hostname: string,
  point: Kill,
): Promise<{ outcome: Outcome; met: string | undefined }> {
  const engineOperation = operation === "destroy" ? "destroy" : "up";
  if (point.at === "event") {
    const outcome = await stack.run({ operation: engineOperation, hostname, dieAtEvent: point.nth });
    if (outcome.killed) await stack.afterDeath();
    return { outcome, met: outcome.killed ? `event ${point.nth}` : undefined };
  }
  const reached =
    point.at === "cloud"
      ? internet.accounts
          .failWrite({ nth: point.nth, moment: point.moment, answer: point.victim === "both" ? "never" : "late" })
          .then(() => internet.accounts.writeMet())
      : apiWriteMet(served, point.nth, point.moment);
  const running = stack.run({ operation: engineOperation, hostname });
  const first = await Promise.race([running, reached]);
  const met = typeof first === "string" ? first : undefined;
  if (met !== undefined) await stack.kill(point.victim);
  await internet.accounts.clearWriteFault();
  served?.clearFaults();
  const outcome = await running;
  if (met !== undefined && !(await stack.afterDeath())) throw new Error("an engine without its program does not end");
  return { outcome, met };
}

/** A run at a vendor that fails; the run ends by itself. */
async function faultyRun(
  { internet, stack, served }: World,
  operation: Operation,
  hostname: string,
  point: VendorFault,
): Promise<{ outcome: Outcome; met: string | undefined }> {
  let met: string | undefined;
  if (point.at === "cloud") {
    await internet.accounts.failWrite(point);
    const noticed = async (): Promise<void> => {
      met = await internet.accounts.writeMet();
      if (point.answer !== "late") return;
      await sleep(LATE_MS);
      await internet.accounts.clearWriteFault();
    };
    // A run with fewer writes never meets it, and the internet ends first.
    noticed().catch(() => undefined);
  } else {
    const isWrite = ({ method, path }: SeenRequest): boolean => {
      if (method === "GET") return false;
      met ??= `${method} ${path}`;
      return true;
    };
    served?.fail(point.fault, isWrite, point.times === "first" ? 1 : Number.POSITIVE_INFINITY);
  }
  const outcome = await stack.run({ operation: operation === "destroy" ? "destroy" : "up", hostname });
  await internet.accounts.clearWriteFault();
  served?.clearFaults();
  return { outcome, met };
}

function apiWriteMet(served: ServedApi | undefined, nth: number, moment: "received" | "done"): Promise<string> {
  let seen = 0;
  return new Promise((resolve) => {
    served?.fail({ kind: moment === "received" ? "silence" : "silence-after" }, ({ method, path }) => {
      if (method === "GET") return false;
      seen += 1;
      // What it says is on its way only after the API has done the rest.
      if (seen === nth) setImmediate(() => resolve(`${method} ${path}`));
      return seen === nth;
    });
  });
}

/** The next run, and where people set PTRs, their part and one run more. */
async function untilWell(
  world: World,
  operation: Operation,
  hostname: string,
): Promise<{ ok: boolean; text: string; runs: number }> {
  const { internet, stack } = world;
  const kind = kindOf(world.name);
  let text = "";
  for (let runs = 1; runs <= 2; runs++) {
    const outcome = await stack.run({ operation: operation === "destroy" ? "destroy" : "up", hostname });
    if (outcome.killed) return { ok: false, text: "the process ended by itself", runs };
    text = outcome.text;
    if (outcome.ok) {
      remember(world, operation, outcome);
      if (kind.byTicket && operation === "destroy") await byTicket(kind.existing, internet, null);
      return { ok: true, text, runs };
    }
    if (!kind.byTicket) return { ok: false, text, runs };
    await byTicket(kind.existing, internet, hostname);
  }
  return { ok: false, text, runs: 2 };
}

function remember(world: World, operation: Operation, outcome: Extract<Outcome, { killed: false }>): void {
  if (operation === "destroy") return;
  world.addresses = (outcome.outputs.endpoints as Endpoint[]).map(({ address }) => address);
}

async function byTicket(addresses: readonly string[] = [], internet: RemoteInternet, hostname: string | null) {
  for (const address of addresses) await internet.setPtr(address, hostname);
  await internet.settled();
}

/** What the vendor holds and the state does not know. A PTR has no second one: setting it again is all there is to do. */
async function orphansOf({ internet, stack }: World): Promise<HeldResource[]> {
  const known = stack.state().resources.map(({ type, id }) => `${type} ${id}`);
  const held = await internet.accounts.held();
  return held.filter(({ type, id }) => !known.includes(`${type} ${id}`) && !/rdns|domainname/i.test(type));
}

async function counted(
  { internet, stack, addresses }: World,
  operation: Operation,
  hostname: string,
  before: readonly string[],
): Promise<Pick<Row, "leaked" | "ptrsWrong" | "recordsWrong" | "broken">> {
  const gone = operation === "destroy";
  const journal = await internet.journal();
  const of = (what: string) =>
    journal.filter((event) => event.startsWith(`${what} `)).map((event) => event.split(" ")[1]);
  const allocated = of("allocate").filter((address) => address !== undefined);
  const held = allocated.filter((address) => !of("release").includes(address));
  const unused = held.filter((network) => gone || !addresses.some((address) => isOf(address, network)));
  const known = stack.state().resources.map(({ type, id }) => `${type} ${id}`);
  const strangers = (await internet.accounts.held()).filter(({ type, id }) => !known.includes(`${type} ${id}`));

  // An address of which the stack knows nothing has no PTR, and every other one the right one.
  const others = [
    ...addresses.filter(() => gone),
    ...allocated.filter((network) => !addresses.some((address) => isOf(address, network))),
  ];
  const left = await Promise.all(others.map((address) => internet.ptr(address)));
  const wrong = gone ? [] : await wrongTrips(internet, addresses, hostname);

  const lines = recordLines((await internet.snapshot())[ZONE] ?? {});
  // A or AAAA of each address, MX and SPF.
  const expected = gone ? 0 : addresses.length + 2;
  const old = operation === "rename" ? lines.filter((line) => line.startsWith(`${OLD} `)) : [];
  return {
    leaked: unused.length + strangers.length,
    ptrsWrong: wrong.length + left.filter((ptr) => ptr !== null).length,
    recordsWrong: Math.abs(lines.length - expected) + (lines.length - new Set(lines).size) + old.length,
    broken: operation === "rename" ? brokenMoments(journal, before.length, addresses, [OLD, NEW]).length : 0,
  };
}

/** The lines of a zone's first server, without its own records. */
function recordLines(servers: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return (Object.values(servers)[0] ?? []).filter((line) => !/ ns /i.test(line));
}

function isOf(address: string, allocated: string): boolean {
  return address === allocated || (allocated.includes(":") && address.startsWith(allocated.replace(/:$/, "")));
}

async function wrongTrips(internet: RemoteInternet, addresses: readonly string[], expected: string): Promise<string[]> {
  const { roots, port } = internet;
  const verdicts = await Promise.all(
    addresses.map((address) => verify(address, { expected, roots, port, mode: "authoritative" })),
  );
  return verdicts.filter(({ status }) => status !== "pass").map(({ ip, reason }) => `${ip} ${reason}`);
}

/** One line per kind and operation, for the report. */
export function summary(rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.kind} | ${row.operation}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const sum = (group: readonly Row[], count: (row: Row) => number) => group.reduce((all, row) => all + count(row), 0);
  const lines = [...groups].map(([key, group]) =>
    [
      key,
      group.length,
      group.filter(({ error }) => error === undefined).length,
      sum(group, ({ orphans }) => orphans.length),
      sum(group, ({ emptied }) => emptied),
      sum(group, ({ leaked }) => leaked),
      sum(group, ({ ptrsWrong }) => ptrsWrong),
      sum(group, ({ recordsWrong }) => recordsWrong),
      sum(group, ({ broken }) => broken),
    ].join(" | "),
  );
  return [
    "| provider | operation | faults | next run right | removed by hand | empty files | leaked | PTRs wrong | records wrong | broken moments |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

/** Everything that a kill must not lead to. */
export function assertRight({ error, unlisted, leaked, ptrsWrong, recordsWrong, broken, ...row }: Row): void {
  const where = `${row.kind}, ${row.operation}, ${row.point} (${row.met})`;
  assert.equal(error, undefined, where);
  assert.deepEqual(
    { unlisted, leaked, ptrsWrong, recordsWrong, broken },
    { unlisted: 0, leaked: 0, ptrsWrong: 0, recordsWrong: 0, broken: 0 },
    where,
  );
}
