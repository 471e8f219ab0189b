/**
 * OpenSMTPD: each `relay` action of `smtpd.conf`, with its source addresses and the name of each.
 * Source: smtpd.conf(5) and table(5) of OpenSMTPD 6.8.0p2; for what they leave open usr.sbin/smtpd/mta.c and
 * mta_session.c: a source address is used for hosts of its family only, `mta limit inet4` for all, and a source that is
 * not in `helo-src` sends nothing; read 2026-11-22.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import type { Place } from "../../sender";
import type { MailServer } from "../mail-server";
import { SenderList } from "../sender-list";
import { isMark, type Statement, statementsOf, type Word } from "./statements";
import { entriesIn, type Table, tablesOf } from "./tables";

export const opensmtpd: MailServer = {
  name: "opensmtpd",
  title: "OpenSMTPD",
  source: "https://man.openbsd.org/smtpd.conf.5",
  recognises: ({ name, text }) => {
    if (/(?:^|\/)smtpd\.conf$/.test(name)) return "by-name";
    return OWN_LINES.test(text) ? "by-content" : "no";
  },
  read: async (files, open) => {
    const { statements, leftOut } = await statementsOf(files, open);
    const tables = await tablesOf(statements, open);
    const list = new SenderList();
    const { families } = limitsOf(statements);
    const used = actionsInUse(statements);
    for (const statement of statements) {
      const action = relayOf(statement);
      if (action === undefined || (action.name !== null && used !== null && !used.has(action.name))) continue;
      addAction(action, tables, families, list);
    }
    return { senders: list.senders, leftOut: [...leftOut, ...list.leftOut] };
  },
};

/** Lines that no other server's configuration has. */
const OWN_LINES =
  /^\s*(?:action\s+\S+\s+(?:relay|maildir|mbox|lmtp|mda|expand-only|forward-only)\b|match\s.*\baction\s|accept\s.*\b(?:relay|deliver)\b|listen\s+on\s+\S+)/m;

type Value =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "table"; readonly table: Table | string };

interface Action {
  /** Null: the older form, which has no name. */
  readonly name: string | null;
  readonly options: ReadonlyMap<string, Value>;
  readonly place: Place;
}

/** `action NAME relay OPTIONS`, or `accept ... relay OPTIONS` as before 6.4. */
function relayOf({ words, place }: Statement): Action | undefined {
  const [first, second, third] = words;
  if (first?.quoted) return undefined;
  if (first?.text === "action" && second !== undefined && third?.text === "relay") {
    return { name: second.text, options: optionsOf(words.slice(3)), place };
  }
  const relay = words.findIndex(({ text, quoted }) => text === "relay" && !quoted);
  if (first?.text !== "accept" || relay < 0) return undefined;
  return { name: null, options: optionsOf(words.slice(relay + 1)), place };
}

/** Options that say the address, the name or the way, by the names that they have now. */
const OPTIONS: Readonly<Record<string, string>> = {
  src: "src",
  source: "src",
  helo: "helo",
  hostname: "helo",
  "helo-src": "helo-src",
  hostnames: "helo-src",
  host: "host",
  via: "host",
  domain: "domain",
};

function optionsOf(words: readonly Word[]): Map<string, Value> {
  const options = new Map<string, Value>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const name = word.quoted ? undefined : OPTIONS[word.text];
    const next = words[at + 1];
    if (name === undefined || next === undefined) continue;
    if (isMark(next, "<")) options.set(name, { kind: "table", table: words[at + 2]?.text ?? "" });
    else if (isMark(next, "{"))
      options.set(name, { kind: "table", table: { ok: true, entries: entriesIn(words.slice(at + 2)) } });
    else options.set(name, { kind: "text", text: next.text });
    // A value may read like an option.
    at++;
  }
  return options;
}

/** The actions that a `match` names; null where no `match` was given. */
function actionsInUse(statements: readonly Statement[]): ReadonlySet<string> | null {
  const matches = statements.filter(({ words: [first] }) => first?.text === "match" && !first.quoted);
  if (matches.length === 0) return null;
  return new Set(
    matches.flatMap(({ words }) =>
      words.flatMap(({ text }, at) =>
        at > 0 && words[at - 1]?.text === "action" && !words[at - 1]?.quoted ? [text] : [],
      ),
    ),
  );
}

interface Limits {
  readonly families: readonly (4 | 6)[];
}

/** `mta limit inet4` and `inet6`, unless for some domains only. */
function limitsOf(statements: readonly Statement[]): Limits {
  for (const { words } of statements.slice().reverse()) {
    const line = words.map(({ text }) => text).join(" ");
    const [, family] = /^(?:mta limit|limit mta) (?:\S+ \d+ )*inet([46])\b/.exec(line) ?? [];
    if (family !== undefined) return { families: [family === "4" ? 4 : 6] };
  }
  return { families: [4, 6] };
}

/** For all mail; `src` with IPv4 addresses alone does it for one action. */
const NO_IPV6 = "mta limit inet4";

function addAction(
  { name, options, place }: Action,
  tables: ReadonlyMap<string, Table>,
  families: readonly (4 | 6)[],
  list: SenderList,
): void {
  const action = name === null ? "accept ... relay" : `action "${name}"`;
  for (const option of ["host", "domain"]) {
    const to = options.get(option);
    if (to === undefined) continue;
    if (to.kind === "text" && /^lmtp:/i.test(to.text)) return;
    const shown = to.kind === "text" ? to.text : typeof to.table === "string" ? `<${to.table}>` : "{ ... }";
    const why = "hands mail to hosts whose address receivers see: give the addresses of those to fcrdns verify";
    list.leaveOut(`${action} relay ${option} ${shown}`, why, place);
    return;
  }
  const tableOf = (value: Value | undefined): Table | undefined => {
    if (value === undefined) return undefined;
    if (value.kind === "text") return { ok: true, entries: [{ key: value.text }] };
    if (typeof value.table !== "string") return value.table;
    return tables.get(value.table) ?? { ok: false, why: "is a table that no given file defines" };
  };
  const nameOf = (option: string): string => {
    const value = options.get(option);
    return value?.kind === "table" && typeof value.table === "string" ? `${option} <${value.table}>` : option;
  };
  const helo = options.get("helo");
  const said = helo?.kind === "text" && !helo.text.startsWith("$") ? helo.text : undefined;
  const sources = tableOf(options.get("src"));
  const names = tableOf(options.get("helo-src"));
  if (sources === undefined) {
    const as = said === undefined ? "" : `=${said}`;
    const ipv6 = families.includes(6) ? `, also one of IPv6 unless there is ${NO_IPV6}` : "";
    const why = `has no src, so that the system chooses the address${ipv6}: add src, or verify ADDRESS${as} of the machine`;
    list.leaveOut(action, why, place);
    return;
  }
  if (!sources.ok) {
    list.leaveOut(nameOf("src"), sources.why, place);
    return;
  }

  let nameUnknown = false;
  for (const { key } of sources.entries) {
    if (key.startsWith("$")) {
      list.leaveOut(`src ${key}`, "is a macro that no given file defines", place);
      continue;
    }
    const address = withoutTag(key);
    const read = parseAddress(address);
    const family = read.ok ? read.address.family : undefined;
    if (family !== undefined && !families.includes(family)) continue;
    const mapped = names?.ok ? names.entries.find((entry) => sameText(entry.key, address))?.value : undefined;
    if (names?.ok && read.ok && mapped === undefined) {
      list.leaveOut(`src ${key}`, `is not in ${nameOf("helo-src")}, so that no mail leaves by it: add it there`, place);
      continue;
    }
    const heloText = names === undefined ? said : mapped;
    nameUnknown ||= heloText === undefined && read.ok;
    list.add({ address, helo: heloText, setting: "src", place, ...(family === 6 && { switchOff: NO_IPV6 }) });
  }
  if (!nameUnknown) return;
  if (names !== undefined && !names.ok) list.leaveOut(nameOf("helo-src"), names.why, place);
  else if (helo !== undefined) list.leaveOut("helo", "is a table or a macro that no given file defines", place);
  else
    list.leaveOut(
      action,
      "has no helo, so that the name in EHLO is the machine's host name: set it, or verify ADDRESS=NAME",
      place,
    );
}

/** `ipv6:::1`, `[::1]`. */
function withoutTag(text: string): string {
  return text.replace(/^\[(.*)\]$/, "$1").replace(/^ipv6:(?=.*:)/i, "");
}

function sameText(key: string, address: string): boolean {
  const [one, other] = [parseAddress(withoutTag(key)), parseAddress(address)];
  return one.ok && other.ok && one.address.text === other.address.text;
}
