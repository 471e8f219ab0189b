/** What a program hands in, where no compiler has looked at it: each mistake is one sentence for whoever wrote it. */

import type { Transport } from "./ask/transport";
import { InputError } from "./input-error";
import type { Clock } from "./options";

/** How much of a value a message shows. */
const SHOWN = 60;

export function shownValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") {
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}...` : value);
  }
  if (typeof value === "object") return "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function reject(what: string, value: unknown, expected: string): never {
  throw new InputError(`${what} is ${shownValue(value)}: ${expected}`);
}

/** @throws InputError unless it is text */
export function checkText(what: string, value: unknown, example: string): asserts value is string {
  if (typeof value !== "string") reject(what, value, `write text, for example "${example}"`);
}

/** An object of options; none where nothing was handed in. @throws InputError */
export function optionsObject<T extends object>(what: string, value: T | undefined): T | Record<string, never> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    reject(what, value, "write an object, or leave it out");
  }
  return value;
}

/** @throws InputError unless the options that are not settings can be used */
export function checkAskingOptions(options: {
  readonly expected?: unknown;
  readonly helo?: unknown;
  readonly domain?: unknown;
  readonly everyFamily?: unknown;
  readonly signal?: unknown;
  readonly onProgress?: unknown;
  readonly onWaiting?: unknown;
}): void {
  const { expected, helo, domain, everyFamily, signal } = options;
  if (expected !== undefined && expected !== null) checkText("expected", expected, "mail.example.com");
  if (helo !== undefined && helo !== null) checkText("helo", helo, "mail.example.com");
  if (domain !== undefined && domain !== null) checkText("domain", domain, "example.com");
  if (everyFamily !== undefined && typeof everyFamily !== "boolean") {
    reject("everyFamily", everyFamily, "write true or false");
  }
  if (signal !== undefined && !isSignal(signal)) reject("signal", signal, "write the signal of an AbortController");
  for (const name of ["onProgress", "onWaiting"] as const) {
    const callback = options[name];
    if (callback !== undefined && typeof callback !== "function") reject(name, callback, "write a function");
  }
}

/** @throws InputError unless the world that was handed in has what is needed */
export function checkSurroundings(given: {
  readonly transport?: Transport;
  readonly clock?: Clock;
  readonly random?: unknown;
}): void {
  const { random } = given;
  for (const [name, methods] of [
    ["transport", ["udp", "tcp", "close"]],
    ["clock", ["now", "utc", "sleep"]],
  ] as const) {
    const value: unknown = given[name];
    if (value !== undefined && !hasMethods(value, methods)) {
      reject(name, value, `write an object with the functions ${methods.join(", ")}`);
    }
  }
  if (random !== undefined && typeof random !== "function") reject("random", random, "write a function");
}

/** @throws InputError unless it can be gone through and is no text */
export function checkItems(value: unknown): void {
  const isList =
    typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
  if (!isList) reject("the list of addresses", value, `write for example [{ ip: "192.0.2.10" }]`);
}

/** @throws InputError unless it is an object with an address */
export function checkItem(value: unknown, index: number): void {
  const what = `address number ${index + 1} of the list`;
  if (typeof value === "string") reject(what, value, `write an object: { ip: ${shownValue(value)} }`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    reject(what, value, `write an object, for example { ip: "192.0.2.10" }`);
  }
  const { ip, expected, helo } = value as Partial<Record<"ip" | "expected" | "helo", unknown>>;
  checkText(`the ip of ${what}`, ip, "192.0.2.10");
  if (expected !== undefined && expected !== null) checkText(`expected of ${what}`, expected, "mail.example.com");
  if (helo !== undefined && helo !== null) checkText(`helo of ${what}`, helo, "mail.example.com");
}

function isSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === "object" &&
    value !== null &&
    "aborted" in value &&
    typeof value.aborted === "boolean" &&
    hasMethods(value, ["addEventListener", "removeEventListener"])
  );
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");
}
