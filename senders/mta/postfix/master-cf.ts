/** The entries of `master.cf` that are SMTP clients: master(5), smtp(8). */
import type { Place } from "../../sender";
import type { ConfigurationFile } from "../mail-server";
import { type LogicalLine, logicalLines } from "./logical-lines";
import type { Setting, Settings } from "./main-cf";

/** One entry whose command is `smtp`. */
export interface SmtpClient {
  /** The service, which a transport is named by. */
  readonly name: string;
  /** @default master.cf was not given */
  readonly place?: Place;
  /** What its `-o` say. */
  readonly overrides: Settings;
}

/** Fields before the command: service, type, private, unprivileged, chroot, wake-up, limit. */
const FIELDS_BEFORE_COMMAND = 7;

/** Whether a logical line has the form of an entry. */
export function isEntry(text: string): boolean {
  return /^\S+\s+(?:inet|unix|unix-dgram|fifo|pass)(?:\s+[\w?!-]+){5}\s+\S/.test(text);
}

/** @returns the SMTP clients; of entries with one name and type the last, as in Postfix */
export function readMasterCf(files: readonly ConfigurationFile[]): SmtpClient[] {
  const clients = new Map<string, SmtpClient>();
  for (const line of files.flatMap(logicalLines)) {
    if (!isEntry(line.text)) continue;
    const [name = "", type = ""] = line.text.split(/\s+/);
    const words = wordsOf(line.text);
    const command = words[FIELDS_BEFORE_COMMAND]?.split("/").at(-1);
    const key = `${name} ${type}`;
    clients.delete(key);
    if (command !== "smtp") continue;
    clients.set(key, { name, place: line.place, overrides: overridesOf(words.slice(FIELDS_BEFORE_COMMAND + 1), line) });
  }
  return [...clients.values()];
}

/** Words between white space; one in braces may have spaces. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (let rest = text.trimStart(); rest !== ""; rest = rest.trimStart()) {
    const end = rest.startsWith("{") ? closingOf(rest) : rest.search(/\s|$/);
    words.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return words;
}

function closingOf(text: string): number {
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{") level++;
    else if (text[at] === "}" && --level === 0) return at + 1;
  }
  return text.length;
}

/** `-o name=value`, `-oname=value` and `-o { name = value }`. */
function overridesOf(args: readonly string[], { place }: LogicalLine): Settings {
  const overrides = new Map<string, Setting>();
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (!arg.startsWith("-o")) continue;
    const option = arg === "-o" ? (args[++at] ?? "") : arg.slice(2);
    const [, name, value = ""] = /^\{?\s*([^\s=]+)\s*=\s*(.*?)\s*$/s.exec(option) ?? [];
    if (name !== undefined)
      overrides.set(name, { value: option.startsWith("{") ? value.replace(/\s*\}$/, "") : value, place });
  }
  return overrides;
}
