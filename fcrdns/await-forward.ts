/**
 * The wait between forward and reverse: clouds that look a name up before they take it as a PTR refuse it while one of
 * its name servers is still behind. Asks name servers only, for a resolver that is asked too early remembers "no".
 */
import { type IpAddress, parseAddress } from "./address";
import { agrees } from "./agreement";
import { AuthoritativeLookups, type Kept, keptKey, type WalkNotes } from "./ask-authoritative";
import { RecursiveLookups } from "./ask-recursive";
import { Client, type Inquiry } from "./client";
import { secureRandom, systemClock } from "./clock";
import { Delegations } from "./delegation";
import { forTerminal } from "./escape";
import type { Lookup, ServerAnswer } from "./evidence";
import { InputError } from "./input-error";
import { canonicalName } from "./name";
import type { Clock, VerifyOptions } from "./options";
import { systemResolvers } from "./resolvers";
import { endpoint } from "./server-address";
import { checkSettings, readSettings } from "./settings";
import { socketTransport } from "./sockets";
import type { Outcome } from "./verdict";

const MOST_QUERIES = 500;
/** Milliseconds between rounds: 1, 2, 4, ... seconds up to this. */
const LONGEST_PAUSE_MS = 15_000;
const JITTER = 0.25;
/** Rounds without an answer after which a server is no longer waited for. */
const DEAD_AFTER_ROUNDS = 3;

/** What one server showed. */
export interface ForwardSighting {
  /** Name, address and port. */
  readonly server: string;
  /** The record as the server gave it: `mail.example.com A 192.0.2.10`. */
  readonly answer: string;
  /** UTC, ISO 8601. */
  readonly at: string;
}

export interface ForwardVisibility {
  /** Every server that answers at all shows the address, and one does answer. */
  readonly visible: boolean;
  readonly seen: readonly ForwardSighting[];
  /** What is still wrong, one sentence a server; DNS text in it is escaped. */
  readonly waitingFor: readonly string[];
}

export interface AwaitForwardOptions extends Omit<VerifyOptions, "expected" | "onProgress"> {
  /** News after each round that was not enough. @param nextInSeconds until the next one */
  readonly onWaiting?: (visibility: ForwardVisibility, nextInSeconds: number) => void;
}

/**
 * Waits until every name server of the host name's zone shows the address.
 * @param hostname any case, with or without final dot
 * @param ip the address that the name must have: A or AAAA is asked, as it is IPv4 or IPv6
 * @param options whom to ask; `deadlineSeconds` (default 0: ask once) is how long to wait; mode `recursive` asks the
 *   resolvers instead
 * @returns what was seen at the end; rejects with an {@link InputError} for nonsense only
 * @example
 * const { visible, waitingFor } = await awaitForward("mail.example.com", "192.0.2.10", { deadlineSeconds: 300 });
 */
export async function awaitForward(
  hostname: string,
  ip: string,
  options: AwaitForwardOptions = {},
): Promise<ForwardVisibility> {
  const { signal, onWaiting, transport: given, clock = systemClock, random = secureRandom(), ...rest } = options;
  const name = canonicalName(hostname);
  if (!name.ok) throw new InputError(name.reason);
  const address = parseAddress(ip);
  if (!address.ok) throw new InputError(address.reason);
  const checked = checkSettings(rest);
  if (!checked.ok) throw new InputError(checked.problems.map(({ message, fix }) => `${message}: ${fix}`).join("\n"));
  const settings = readSettings(checked.settings);

  const transport = given ?? socketTransport();
  const client = new Client({ transport, clock, random, timeoutMs: settings.timeoutMs, tries: settings.tries });
  const authoritative = new AuthoritativeLookups(client, new Delegations({ client, clock, random, settings }));
  const ownDns = settings.roots !== null || settings.stubs.size > 0;
  const resolvers = settings.resolvers ?? (ownDns ? [] : systemResolvers());
  const recursive = new RecursiveLookups(
    client,
    resolvers.map((server) => endpoint(server, null)),
  );
  const type = address.address.family === 4 ? "A" : "AAAA";
  const ask = async (kept: Kept): Promise<Lookup> => {
    const inquiry: Inquiry = { queriesLeft: MOST_QUERIES, outOfQueries: false, heard: false, hops: [], signal };
    const notes: WalkNotes = { withoutAddress: new Map(), tooManyServers: new Set() };
    const asRecursive = () => recursive.lookup(name.name, type, inquiry, kept);
    if (settings.mode === "recursive") return asRecursive();
    const lookup = await authoritative.lookup(name.name, type, inquiry, notes, kept);
    // Port 53 to the outside is closed: then the resolvers are the only ones to ask.
    return inquiry.heard || settings.mode === "authoritative" || resolvers.length === 0 ? lookup : asRecursive();
  };

  try {
    return await poll(ask, address.address, clock, random, settings.deadlineMs, signal, onWaiting);
  } finally {
    if (given === undefined) transport.close();
  }
}

async function poll(
  ask: (kept: Kept) => Promise<Lookup>,
  address: IpAddress,
  clock: Clock,
  random: () => number,
  deadlineMs: number,
  signal: AbortSignal | undefined,
  onWaiting: AwaitForwardOptions["onWaiting"],
): Promise<ForwardVisibility> {
  const deadline = clock.now() + deadlineMs;
  const silentRounds = new Map<string, number>();
  let kept = new Map<string, ServerAnswer>();
  for (let round = 1; ; round++) {
    const lookup = await ask(kept);
    for (const { server, outcome } of lookup.answers) {
      silentRounds.set(server, isAnswer(outcome) ? 0 : (silentRounds.get(server) ?? 0) + 1);
    }
    const visibility = judged(lookup, address, clock, (server) => (silentRounds.get(server) ?? 0) >= DEAD_AFTER_ROUNDS);
    const left = deadline - clock.now();
    if (visibility.visible || left <= 0 || signal?.aborted) return visibility;
    const target = lookup.aliases.at(-1) ?? lookup.name;
    kept = new Map(
      lookup.answers
        .filter((answer) => hasAddress(answer, lookup, address))
        .map((answer) => [keptKey(lookup.type, target, answer.server), answer]),
    );
    const pause = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** Math.min(round - 1, 10)) * (1 - JITTER * random());
    const pauseMs = Math.min(left, pause);
    onWaiting?.(visibility, Math.round(pauseMs / 100) / 10);
    await clock.sleep(pauseMs, signal);
    if (signal?.aborted) return visibility;
  }
}

function judged(
  lookup: Lookup,
  address: IpAddress,
  clock: Clock,
  isDead: (server: string) => boolean,
): ForwardVisibility {
  const asked = lookup.answers.filter(({ outcome }) => outcome !== "not-asked");
  const agreeing = asked.filter((answer) => hasAddress(answer, lookup, address));
  const behind = asked.filter((answer) => !hasAddress(answer, lookup, address) && !isDead(answer.server));
  const at = new Date(clock.utc()).toISOString();
  const record = `${forTerminal(lookup.name)} ${lookup.type} ${address.text}`;
  return {
    visible: agreeing.length > 0 && behind.length === 0,
    seen: agreeing.map(({ server }) => ({ server: forTerminal(server), answer: record, at })),
    waitingFor: behind.map(({ server, outcome, values }) => {
      const answered = values.length > 0 ? values.slice(0, 3).map(forTerminal).join(", ") : outcome;
      return `${forTerminal(server)} answers ${answered} to ${forTerminal(lookup.name)} ${lookup.type}, not ${address.text}`;
    }),
  };
}

function hasAddress(answer: ServerAnswer, lookup: Lookup, address: IpAddress): boolean {
  return agrees(answer, lookup, { ip: address.text, family: address.family, arpa: "", expected: null });
}

function isAnswer(outcome: Outcome): boolean {
  return outcome === "ok" || outcome === "nxdomain" || outcome === "nodata";
}
