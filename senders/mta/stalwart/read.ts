/**
 * Stalwart: `config.toml` of the versions 0.3 to 0.15, and the objects of 0.16 as JSON.
 *
 * - to 0.12: `queue.outbound.source-ip.v4`, `.v6` and `queue.outbound.hostname`, which may be expressions;
 * - 0.13 to 0.15: `queue.connection.ID.source-ips` and `.ehlo-hostname`, `queue.source-ip.ADDRESS.ehlo-hostname`;
 * - from 0.16: objects `MtaConnectionStrategy` with `sourceIps` and `ehloHostname`.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import type { Place } from "../../sender";
import { baseName, Includes, isGiven } from "../lines";
import type { ConfigurationFile, MailServer, OpenIncluded } from "../mail-server";
import { SenderList, SYSTEM_CHOOSES } from "../sender-list";
import { entriesAt, readToml, readYaml, type Tree, textAt } from "../tree";
import { type Branch, Settings } from "./settings";

export const stalwart = {
  name: "stalwart",
  title: "Stalwart",
  // crates/common/src/config/smtp/queue.rs of 0.9.4, 0.12.0, 0.13.0 and 0.16, resources/config of 0.3 to 0.6; 2026-11-22.
  source: "https://stalw.art/docs/mta/outbound/connection, https://github.com/stalwartlabs/stalwart",
  recognises: (file) => {
    if (/stalwart[^/\\]*[/\\](?:.*[/\\])?config\.(?:toml|json)$/i.test(file.name)) return "by-name";
    return /^\s*\[+\s*(?:queue\.(?:outbound|connection|source-ip|route)|server\.listener)\b|^\s*(?:server\.listener|queue\.(?:outbound|connection))\.|"sourceIps"\s*:/m.test(
      file.text,
    )
      ? "by-content"
      : "no";
  },
  async read(files, open) {
    const list = new SenderList();
    const settings = new Settings();
    for (const file of files) {
      if (isJson(file)) await readObjects(file, list);
      else await readSettings(file, files, open, settings, list);
    }
    addOutbound(settings, list);
    addConnections(settings, list);
    const [first] = files;
    if (list.senders.length === 0 && list.leftOut.length === 0 && first !== undefined) {
      const { name } = hostName(settings, "server.hostname");
      list.leaveOut(
        "the source IP",
        `${name === undefined ? "" : `of ${name} `}is not in the file: ${SYSTEM_CHOOSES} (settings that Stalwart keeps in its database are in no file)`,
        { file: first.name, line: 1 },
      );
    }
    return list;
  },
} satisfies MailServer;

function isJson({ name, text }: ConfigurationFile): boolean {
  return /\.json$/i.test(name) || (!/\.toml$/i.test(name) && /^\s*[{[]\s*["{]/.test(text));
}

async function readSettings(
  file: ConfigurationFile,
  given: readonly ConfigurationFile[],
  open: OpenIncluded,
  settings: Settings,
  list: SenderList,
): Promise<void> {
  const includes = Includes.of(file, open);
  const read = await readToml(file);
  if (!read.ok) {
    list.leaveOut(baseName(file.name), read.why, read.place);
    return;
  }
  settings.add(read.tree);
  // Versions before 0.6.
  const missing: string[] = [];
  for (const [, each] of entriesAt(read.tree, "include", "files")) {
    const path = each.kind === "text" ? settings.resolve(each.text) : undefined;
    if (path === undefined || (path.ok && isGiven(path.text, given))) continue;
    const included = path.ok ? await includes.open(path.text) : path;
    if (!included.ok) missing.push(each.kind === "text" ? baseName(each.text) : "");
    else for (const { file: other } of included.files) await addTree(other, settings, list);
  }
  if (missing.length > 0) {
    list.leaveOut(
      `include ${missing.join(", ")}`,
      "is missing here: give the files that set queue.outbound and server.hostname too",
      entriesAt(read.tree, "include", "files")[0]?.[1].place,
    );
  }
}

async function addTree(file: ConfigurationFile, settings: Settings, list: SenderList): Promise<void> {
  const read = await readToml(file);
  if (read.ok) settings.add(read.tree);
  else list.leaveOut(baseName(file.name), read.why, read.place);
}

interface HostName {
  /** Undefined: not known. */
  readonly name?: string;
  readonly why?: string;
  readonly place?: Place;
}

/** The machine's name, which is said where no other is set. */
function hostName(settings: Settings, ...keys: readonly string[]): HostName {
  for (const key of [...keys, "server.hostname", "lookup.default.hostname"]) {
    const setting = settings.get(key);
    if (setting === undefined) continue;
    const resolved = settings.resolve(setting.text);
    return resolved.ok
      ? { name: resolved.text, place: setting.place }
      : { why: `is ${key}, which ${resolved.why}`, place: setting.place };
  }
  return { why: "is the machine's host name: set server.hostname" };
}

/** Versions to 0.12. */
function addOutbound(settings: Settings, list: SenderList): void {
  const names = settings.branches("queue.outbound.hostname");
  const strategy = settings.branches("queue.outbound.ip-strategy");
  const only =
    strategy.length === 1 && strategy[0] !== undefined ? onlyFamily(settings, "queue.outbound.ip-strategy") : null;
  for (const family of [4, 6] as const) {
    if (only !== null && only !== family) continue;
    const key = `queue.outbound.source-ip.v${family}`;
    const branches = settings.branches(key);
    for (const [at, { values, place }] of branches.entries()) {
      if (!values.ok) {
        list.leaveOut(key, values.why, place);
        continue;
      }
      const name = nameFor(at, branches, names, settings);
      for (const address of values.texts) {
        list.add({ address, helo: name.name, setting: key, place, ...switchOff(address, OUTBOUND_IPV4_ONLY) });
        if (name.name === undefined) list.leaveOut(`EHLO name of ${address}`, name.why ?? "", name.place ?? place);
      }
    }
  }
}

/** The name that is said with the source of one branch: blocks with the same conditions choose together. */
function nameFor(at: number, sources: readonly Branch[], names: readonly Branch[], settings: Settings): HostName {
  const [first] = names;
  if (first === undefined) return hostName(settings);
  const conditions = names.map(({ condition }) => condition);
  const together = sources.length === names.length && sources.every(({ condition }, i) => condition === conditions[i]);
  const branch = names.length === 1 ? first : together ? names[at] : undefined;
  if (branch === undefined) {
    const shown = conditions.flatMap((condition) => (condition === undefined ? [] : [`\`${condition}\``]));
    return {
      why: `depends on ${shown.join(", ")} in queue.outbound.hostname: verify ADDRESS=NAME`,
      place: first.place,
    };
  }
  if (!branch.values.ok) return { why: branch.values.why, place: branch.place };
  const [name] = branch.values.texts;
  return name === undefined ? { why: "is empty", place: branch.place } : { name, place: branch.place };
}

/** Versions 0.13 to 0.15. */
function addConnections(settings: Settings, list: SenderList): void {
  const strategies = new Map<string, Place>();
  for (const [key, { place }] of settings.below("queue.connection")) {
    const id = /^(.+?)\.(?:source-ips(?:\..*)?|ehlo-hostname|timeout\..*)$/.exec(key)?.[1];
    if (id !== undefined && !strategies.has(id)) strategies.set(id, place);
  }
  const only = familyOfRoutes(settings);
  for (const [id, place] of strategies) {
    const key = `queue.connection.${id}.source-ips`;
    const branches = settings.branches(key);
    if (branches.length === 0) list.leaveOut(key, `is not set: ${SYSTEM_CHOOSES}`, place);
    for (const { values, place: at } of branches) {
      if (!values.ok) {
        list.leaveOut(key, values.why, at);
        continue;
      }
      for (const address of values.texts) {
        const parsed = parseAddress(address);
        const canonical = parsed.ok ? parsed.address.text : address;
        if (only !== null && parsed.ok && parsed.address.family !== only) continue;
        const own = [address, canonical].map((text) => `queue.source-ip.${text}.ehlo-hostname`);
        const name = hostName(settings, ...own, `queue.connection.${id}.ehlo-hostname`);
        list.add({ address, helo: name.name, setting: key, place: at, ...switchOff(address, ROUTE_IPV4_ONLY) });
        if (name.name === undefined) list.leaveOut(`EHLO name of ${address}`, name.why ?? "", name.place ?? at);
      }
    }
  }
}

const OUTBOUND_IPV4_ONLY = 'queue.outbound.ip-strategy = "ipv4_only"';
const ROUTE_IPV4_ONLY = 'queue.route.mx.ip-lookup = "ipv4_only"';

function switchOff(address: string, line: string): { switchOff?: string } {
  return address.includes(":") ? { switchOff: line } : {};
}

/** The family that all routes by MX use; null: both. */
function familyOfRoutes(settings: Settings): 4 | 6 | null {
  const routes = settings
    .below("queue.route")
    .filter(([key, { text }]) => key.endsWith(".type") && text === "mx")
    .map(([key]) => key.slice(0, -".type".length));
  const families = routes.map((id) => onlyFamily(settings, `queue.route.${id}.ip-lookup`));
  const [first = null] = families;
  return families.every((family) => family === first) ? first : null;
}

function onlyFamily(settings: Settings, key: string): 4 | 6 | null {
  const text = settings.get(key)?.text.replaceAll("'", "").replaceAll("-", "_");
  return text === "ipv4_only" ? 4 : text === "ipv6_only" ? 6 : null;
}

/** Version 0.16. */
async function readObjects(file: ConfigurationFile, list: SenderList): Promise<void> {
  const read = await readYaml(file);
  if (!read.ok) {
    list.leaveOut(baseName(file.name), read.why, read.place);
    return;
  }
  const objects = tablesIn(read.tree);
  const machine = objects
    .map((each) => textAt(each, "defaultHostname"))
    .find((name) => name !== undefined && name !== "");
  for (const strategy of objects) {
    const sources = entriesAt(strategy, "sourceIps");
    if (textAt(strategy, "@type") === "MtaConnectionStrategy" && sources.length === 0) {
      list.leaveOut("sourceIps", `is not set: ${SYSTEM_CHOOSES}`, strategy.place);
    }
    for (const [, source] of sources) {
      const address = textAt(source, "sourceIp");
      if (address === undefined) continue;
      const helo = textAt(source, "ehloHostname") || textAt(strategy, "ehloHostname") || machine;
      list.add({ address, helo, setting: "sourceIps", place: source.place });
      if (helo === undefined) {
        list.leaveOut(`EHLO name of ${address}`, "is the machine's host name: set ehloHostname", source.place);
      }
    }
  }
}

function tablesIn(tree: Tree): Tree[] {
  if (tree.kind !== "table" && tree.kind !== "list") return [];
  return [...(tree.kind === "table" ? [tree] : []), ...[...tree.entries.values()].flatMap(tablesIn)];
}
