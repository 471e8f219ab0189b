/**
 * Haraka: the name of `config/me`, the addresses that its plugins bind. Haraka itself binds none: without a plugin the
 * system chooses, and `public_ip` in `smtp.ini` is the address that its administrator says receivers see.
 */
import { baseName, Includes } from "../lines";
import type { ConfigurationFile, MailServer, OpenIncluded } from "../mail-server";
import { SenderList, systemChooses } from "../sender-list";
import { type Ini, type IniValue, readIni } from "./ini";
import { readPlugin } from "./plugin";

export const haraka = {
  name: "haraka",
  title: "Haraka",
  // docs/Outbound.md, outbound/hmail.js, plugins/queue/smtp_forward.js; haraka-net-utils' HarakaMx; haraka-plugin-vmta; 2026-11-22.
  source: "https://haraka.github.io/core/Outbound",
  recognises: (file) => {
    const name = baseName(file.name);
    if (FILES.has(name) || /(?:^|[/\\])(?:config[/\\])?me$/.test(file.name)) return "by-name";
    if (/\.js$/.test(name))
      return /\b(?:hook_get_mx|bind_helo|outbound_helo|outbound_ip)\b/.test(file.text) ? "by-content" : "no";
    return "no";
  },
  async read(files, open) {
    const list = new SenderList();
    const helo = await nameOf(files, open);
    let bindsAll = false;
    for (const file of files) {
      const name = baseName(file.name);
      if (/\.js$/.test(name)) {
        // Its addresses are in fcrdns_source.ini.
        const binds = name === "fcrdns_source.js" || addPlugin(file, helo, list);
        bindsAll ||= binds;
      } else if (name === "vmta.ini") {
        addSections(readIni(file), ["ip"], "host", helo, list);
      } else if (name === "smtp_forward.ini") {
        addForwarding(readIni(file), helo, list);
      } else if (name === "fcrdns_source.ini") {
        addSections(readIni(file), ["v4", "v6"], "helo", helo, list);
        bindsAll = true;
      } else if (name === "smtp.ini") {
        const address = readIni(file).get("main")?.get("public_ip");
        if (address === undefined) continue;
        list.add({ address: address.text, helo: helo?.text, setting: "public_ip", place: address.place });
        bindsAll = true;
      }
    }
    if (helo === undefined && list.senders.length > 0) {
      list.leaveOut(
        "EHLO name",
        "is the machine's host name where config/me is missing: give config/me too",
        list.senders[0]?.place,
      );
    }
    const [first] = files;
    if (!bindsAll && first !== undefined) {
      const said = helo === undefined ? "" : ` that says ${helo.text}`;
      list.leaveOut(
        `mail${said}`,
        `is bound to no address: ${systemChooses(helo?.text)}`,
        helo?.place ?? { file: first.name, line: 1 },
      );
    }
    return list;
  },
} satisfies MailServer;

/** Files in `config/` that no other mail server has. */
const FILES: ReadonlySet<string> = new Set([
  "me",
  "smtp.ini",
  "outbound.ini",
  "smtp_forward.ini",
  "vmta.ini",
  "fcrdns_source.ini",
  "fcrdns_source.js",
]);

/** The first line of `config/me` that says something; the file is looked for beside those that were given. */
async function nameOf(files: readonly ConfigurationFile[], open: OpenIncluded): Promise<IniValue | undefined> {
  const [first] = files;
  let me = files.find(({ name }) => baseName(name) === "me");
  if (me === undefined && first !== undefined && first.name !== "-") {
    const path = /\.js$/.test(first.name) ? "../config/me" : "me";
    const opened = await Includes.of(first, open).open(path);
    if (opened.ok) me = opened.files[0]?.file;
  }
  if (me === undefined) return undefined;
  const { name: file } = me;
  const lines = me.text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const at = lines.findIndex((line) => !/^\s*(?:[;#].*)?$/.test(line));
  return at < 0 ? undefined : { text: (lines[at] ?? "").trim(), place: { file, line: at + 1 } };
}

/** @returns whether the plugin binds an address */
function addPlugin(file: ConfigurationFile, me: IniValue | undefined, list: SenderList): boolean {
  const { bound, computed } = readPlugin(file);
  for (const { address, helo } of bound) {
    if (address !== undefined) {
      list.add({ address: address.text, helo: helo?.text ?? me?.text, setting: "bind", place: address.place });
    } else if (helo !== undefined && !computed.some(({ what }) => ADDRESS_SETTINGS.has(what))) {
      list.leaveOut(`bind_helo ${helo.text}`, `stands without an address: ${systemChooses(helo.text)}`, helo.place);
    }
  }
  for (const { what, expression, place } of computed) {
    list.leaveOut(what, `is \`${expression}\`, which only running the plugin can say: verify ADDRESS=NAME`, place);
  }
  return bound.length > 0 || computed.length > 0;
}

const ADDRESS_SETTINGS: ReadonlySet<string> = new Set(["bind", "outbound_ip"]);

/** A section for each destination; `main` is none. */
function addForwarding(ini: Ini, me: IniValue | undefined, list: SenderList): void {
  addSections(new Map([...ini].filter(([name]) => name !== "main")), ["bind"], "bind_helo", me, list);
  const main = ini.get("main");
  const host = main?.get("host");
  if (host !== undefined && /^(?:true|yes|ok|enabled|on|1)$/i.test(main?.get("enable_outbound")?.text ?? "")) {
    list.leaveOut(
      `host ${host.text}`,
      "takes outgoing mail from here: receivers see the address and the name of that host",
      host.place,
    );
  }
}

function addSections(
  ini: Ini,
  addresses: readonly string[],
  nameKey: string,
  me: IniValue | undefined,
  list: SenderList,
): void {
  for (const values of ini.values()) addValues(values, addresses, values.get(nameKey)?.text ?? me?.text, list);
}

function addValues(
  values: ReadonlyMap<string, IniValue>,
  addresses: readonly string[],
  helo: string | undefined,
  list: SenderList,
): void {
  for (const key of addresses) {
    const address = values.get(key);
    if (address !== undefined) list.add({ address: address.text, helo, setting: key, place: address.place });
  }
}
