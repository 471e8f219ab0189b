/** One verifier that works at a steady pace, as a service would, against NSD. */
import { setTimeout as pause } from "node:timers/promises";
import { Verifier } from "../../fcrdns/index";
import { startNsd } from "../servers/nsd";
import { type Held, heldNow } from "./memory";

export interface Steady {
  readonly asked: number;
  /** Verdicts that came, each in its turn. */
  readonly given: number;
  /** Verdicts that are not the expected one, or of another address. */
  readonly wrong: readonly string[];
  /** From the first question to the last verdict. */
  readonly seconds: number;
  readonly held: readonly Held[];
  readonly server: string;
  /** Files and sockets open before the first question and after the last verdict. */
  readonly openBefore: number | null;
  readonly openAfter: number | null;
}

/** Addresses that are there; each is asked for again and again. */
const ADDRESSES = 4_000;
const SAMPLES = 24;

/** @param perSecond questions that begin in each second, whether or not earlier ones are answered */
export async function steadyVerdicts(perSecond: number, seconds: number): Promise<Steady> {
  const nsd = await startNsd(zones());
  const startMs = performance.now();
  const openBefore = heldNow(startMs).descriptors;
  const verifier = new Verifier({ stubs: { ".": nsd.endpoint }, mode: "authoritative", timeoutSeconds: 30 });
  const count = Math.ceil((perSecond * seconds) / SAMPLES) * SAMPLES;
  const held: Held[] = [];
  const wrong: string[] = [];
  let given = 0;
  try {
    for (let from = 0; from < count; from += count / SAMPLES) {
      const verdicts = verifier.verifyAll(paced(from, count / SAMPLES, perSecond, startMs), { concurrency: 500 });
      for await (const { ip, status, reason } of verdicts) {
        const expected = addressOf(given);
        // Every fourth address has a name that points elsewhere.
        const due = given % 4 === 3 ? "fail forward-mismatch" : "pass ok";
        if (ip !== expected || `${status} ${reason}` !== due) {
          wrong.push(`${given}: ${ip} ${status} ${reason}, not ${expected} ${due}`);
        }
        given++;
      }
      // Nothing is in work here, so what is held is held for good.
      held.push(heldNow(startMs));
    }
    const took = (performance.now() - startMs) / 1000;
    verifier.close();
    // Sockets close in a later turn of the event loop.
    await pause(100);
    const openAfter = heldNow(startMs).descriptors;
    return { asked: count, given, wrong, seconds: took, held, server: nsd.version, openBefore, openAfter };
  } finally {
    verifier.close();
    await nsd.close();
  }
}

async function* paced(from: number, count: number, perSecond: number, startMs: number) {
  for (let index = from; index < from + count; index++) {
    const dueMs = startMs + (1000 * index) / perSecond;
    const early = dueMs - performance.now();
    if (early > 5) await pause(early);
    yield { ip: addressOf(index), expected: nameOf(index) };
  }
}

function addressOf(index: number): string {
  const at = index % ADDRESSES;
  return `10.0.${at >> 8}.${at & 255}`;
}

function nameOf(index: number): string {
  return `mx${index % ADDRESSES}.soak.test`;
}

function zones(): Record<string, string> {
  const indices = Array.from({ length: ADDRESSES }, (_, index) => index);
  return {
    "10.in-addr.arpa": [
      "@ NS ns.soak.test.",
      ...indices.map((at) => `${at & 255}.${at >> 8}.0 PTR ${nameOf(at)}.`),
    ].join("\n"),
    "soak.test": [
      "@ NS ns",
      "ns A 127.0.0.1",
      ...indices.map((at) => `mx${at} A ${at % 4 === 3 ? "192.0.2.1" : addressOf(at)}`),
    ].join("\n"),
  };
}
