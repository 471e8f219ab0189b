/**
 * Postal: `postal.yml` holds the name that is said where no IP pool is used. Pools and their addresses are in Postal's
 * database; a table of them (`SELECT ipv4, ipv6, hostname FROM ip_addresses`) and lines for `postal console` are read too.
 */
import { baseName, linesOf } from "../lines";
import type { ConfigurationFile, MailServer } from "../mail-server";
import { SenderList, systemChooses } from "../sender-list";
import { entriesAt, readYaml, type Tree, textAt, valueAt } from "../tree";

export const postal = {
  name: "postal",
  title: "Postal",
  // lib/postal/{config_schema,legacy_config_source}.rb, app/lib/smtp_client/endpoint.rb of 3.3.6; 2026-11-22.
  source: "https://docs.postalserver.io/getting-started/configuration",
  recognises: (file) => {
    if (/^postal.*\.ya?ml$/i.test(baseName(file.name))) return "by-name";
    const isPostal =
      isTable(file) || /\bIPAddress\.\w+/.test(file.text) || /^(?:message_db|smtp_server|postal):/m.test(file.text);
    return isPostal ? "by-content" : "no";
  },
  async read(files) {
    const list = new SenderList();
    const others = files.filter((file) => isTable(file) || isConsole(file));
    for (const file of others) isTable(file) ? addTable(file, list) : addConsole(file, list);
    for (const file of files) {
      if (others.includes(file)) continue;
      const read = await readYaml({ ...file, text: file.text.replace(ENDS_IN_COLON, '$1"$2"') });
      if (read.ok) addConfiguration(read.tree, others.length > 0, list);
      else list.leaveOut(baseName(file.name), read.why, read.place);
    }
    return list;
  },
} satisfies MailServer;

/** `default_bind_address: ::`, as Postal's own example has it: Ruby takes it for text, YAML 1.2 does not. */
const ENDS_IN_COLON = /^([ \t]*[\w-]+:[ \t]+)([0-9a-f:]*:)(?=[ \t]*(?:#.*)?\r?$)/gim;

/** `default_helo_hostname`, with the keys of version 1 of the file after those of version 2. */
const NAMES = [
  ["dns", "helo_hostname"],
  ["postal", "smtp_hostname"],
  ["dns", "smtp_server_hostname"],
] as const;

function addConfiguration(tree: Tree, poolsAreGiven: boolean, list: SenderList): void {
  const path = NAMES.find((each) => (textAt(tree, ...each) ?? "") !== "");
  const name = path && valueAt(tree, ...path);
  const relays = entriesAt(tree, "postal", "smtp_relays").concat(entriesAt(tree, "smtp_relays"));
  for (const [, relay] of relays) {
    const shown = relay.kind === "text" ? relay.text : (textAt(relay, "hostname") ?? "");
    if (shown === "") continue;
    list.leaveOut(
      `smtp_relays ${shown}`,
      "takes all mail from here: receivers see the address and the name of that host",
      relay.place,
    );
  }
  const pools = valueAt(tree, "postal", "use_ip_pools") ?? valueAt(tree, "general", "use_ip_pools");
  const usesPools = pools?.kind === "other" && pools.text === "true";
  if (usesPools && !poolsAreGiven) {
    list.leaveOut(
      "use_ip_pools",
      "keeps addresses and names in Postal's database: save what `SELECT ipv4, ipv6, hostname FROM ip_addresses` prints in mysql and give that file too",
      pools.place,
    );
  }
  if (usesPools && poolsAreGiven) return;
  const said = name?.kind === "text" ? name.text : "postal.example.com";
  list.leaveOut(
    `mail that says ${said}`,
    `${usesPools ? "outside of IP pools " : ""}is bound to no address: ${systemChooses(said)}`,
    name?.place ?? tree.place,
  );
}

function isConsole({ name, text }: ConfigurationFile): boolean {
  return /\.rb$/i.test(name) || (!/\.ya?ml$/i.test(name) && /\bIPAddress\.\w+/.test(text));
}

/** Lines as `IPAddress.create!(ipv4: "192.0.2.1", ipv6: nil, hostname: "mail.example.com")`. */
function addConsole(file: ConfigurationFile, list: SenderList): void {
  for (const { text, place } of linesOf(file)) {
    if (/^\s*#/.test(text) || !/\bIPAddress\b/.test(text)) continue;
    const [v4, v6, helo] = ["ipv4", "ipv6", "hostname"].map((key) =>
      new RegExp(`\\b${key}(?::|\\s*=>|\\s*=(?!=))\\s*(?:"([^"]*)"|'([^']*)')`).exec(text)?.slice(1).find(Boolean),
    );
    for (const address of [v4, v6]) if (address !== undefined) list.add({ address, helo, setting: "IPAddress", place });
  }
}

/** What mysql prints: columns by tabs, by commas, or in a frame. */
function isTable({ text }: ConfigurationFile): boolean {
  return columns(text.slice(0, 1000)) !== undefined;
}

function columns(text: string): readonly string[] | undefined {
  const head = text.split(/\r?\n/).find((line) => /\bipv4\b/.test(line) && !/[{(]/.test(line));
  const names = head === undefined ? [] : cells(head);
  return names.includes("ipv4") && names.includes("hostname") ? names : undefined;
}

function addTable(file: ConfigurationFile, list: SenderList): void {
  const names = columns(file.text.slice(0, 1000)) ?? [];
  for (const { text, place } of linesOf(file)) {
    const row = cells(text);
    const cell = (name: string): string | undefined => {
      const value = row[names.indexOf(name)];
      return value === undefined || value === "" || value === "NULL" ? undefined : value;
    };
    if (row.length !== names.length || row.includes("ipv4")) continue;
    for (const address of [cell("ipv4"), cell("ipv6")]) {
      if (address !== undefined) list.add({ address, helo: cell("hostname"), setting: "ip_addresses", place });
    }
  }
}

function cells(line: string): string[] {
  return line
    .replace(/^\s*\|(.*)\|\s*$/, "$1")
    .split(/[\t,|]/)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}
