/**
 * Postfix: `main.cf` and `master.cf`. Every SMTP client of `master.cf` is a sender: the address that it binds and the
 * name that it says.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import type { FoundSenders, LeftOut, Place } from "../../sender";
import { addressKind } from "../address-kind";
import type { ConfigurationFile, MailServer } from "../mail-server";
import { SenderList } from "../sender-list";
import { type Instance, instancesOf } from "./instances";
import { logicalLines } from "./logical-lines";
import { IN_MAIN, Parameters, readMainCf } from "./main-cf";
import { isEntry, readMasterCf, type SmtpClient } from "./master-cf";

export const postfix: MailServer = {
  name: "postfix",
  title: "Postfix",
  source: "https://www.postfix.org/postconf.5.html",
  recognises: (file) => {
    if (/(?:^|[-._])(?:main|master)\.cf(?:[-.][\w.-]+)?$/.test(baseName(file.name))) return "by-name";
    return hasContent(file) ? "by-content" : "no";
  },
  read: async (files) => {
    const instances = instancesOf(files);
    const found = instances.map((instance) => sendersOfInstance(instance, instances));
    return { senders: found.flatMap(({ senders }) => senders), leftOut: once(found.flatMap(({ leftOut }) => leftOut)) };
  },
};

/** Parameters that no other server's configuration has. */
const OWN_PARAMETERS =
  /^(?:myhostname|mydestination|mynetworks|smtpd_banner|smtpd_\w+_restrictions|smtp_helo_name|smtp_bind_address6?|inet_interfaces|inet_protocols|relayhost|queue_directory|alias_maps|virtual_mailbox_\w+|smtpd?_tls_\w+)\s*=/;

function hasContent(file: ConfigurationFile): boolean {
  return logicalLines(file).some(({ text }) => OWN_PARAMETERS.test(text) || isEntry(text));
}

function baseName(name: string): string {
  return name.split("/").at(-1) ?? "";
}

function sendersOfInstance(instance: Instance, all: readonly Instance[]): FoundSenders {
  const { main, master } = instance;
  const { settings, unreadable } = readMainCf(main);
  const parameters = new Parameters(settings, main.length > 0);
  const clients = master.length > 0 ? readMasterCf(master) : [DEFAULT_CLIENT];
  const routes = routesOf(parameters, clients, instance);
  const found = clients.filter(routes.sends).map((client) => sendersOfClient(client, parameters, instance));
  const leftOut = [...routes.leftOut, ...found.flatMap((each) => each.leftOut)];
  return {
    senders: found.flatMap(({ senders }) => senders),
    leftOut: [
      ...unreadableLines(unreadable),
      ...otherInstances(parameters, all),
      ...(main.length > 0 ? leftOut : withoutMain(leftOut, instance)),
      ...(clients.length > 0 ? [] : [noClient(instance)]),
    ],
  };
}

/** One line for all that `main.cf` may say. */
function withoutMain(leftOut: readonly LeftOut[], { master }: Instance): LeftOut[] {
  const place = { file: master[0]?.name ?? "-", line: 1 };
  const why = "was not given, and it may set addresses, names, relays and inet_protocols: give that file too";
  return [{ what: "main.cf", why, place }, ...leftOut.filter((each) => !each.why.includes(IN_MAIN))];
}

function noClient({ master }: Instance): LeftOut {
  const place = { file: master[0]?.name ?? "-", line: 1 };
  return { what: "the file", why: "has no SMTP client: no entry has the command smtp", place };
}

/** What every `master.cf` has; used where none was given. */
const DEFAULT_CLIENT: SmtpClient = { name: "smtp", overrides: new Map() };

function unreadableLines(lines: readonly { readonly value: string; readonly place: Place }[]): LeftOut[] {
  const [first, ...more] = lines;
  if (first === undefined) return [];
  const others =
    more.length === 0 ? "" : `, as ${more.length === 1 ? "is 1 more line" : `are ${more.length} more lines`}`;
  return [{ what: `"${first.value}"`, why: `is no "name = value" and was ignored${others}`, place: first.place }];
}

/** Instances that this one starts and that were not given. */
function otherInstances(parameters: Parameters, all: readonly Instance[]): LeftOut[] {
  const directories = parameters.value("multi_instance_directories");
  const place = parameters.place("multi_instance_directories");
  if (!directories.ok) return [];
  return wordsOf(directories.text)
    .filter((directory) => !all.some(({ folder }) => baseName(folder) === baseName(directory)))
    .map((directory) => ({
      what: directory,
      why: "is another instance of Postfix: give its main.cf and master.cf too",
      ...(place && { place }),
    }));
}

const GIVE_RELAY = "whose address receivers see: give the relay's addresses to fcrdns verify";

interface Routes {
  /** Whether mail leaves directly by this client. */
  sends(client: SmtpClient): boolean;
  readonly leftOut: readonly LeftOut[];
}

/** Which clients deliver to the receivers' servers, and what goes by a relay or by something else. */
function routesOf(parameters: Parameters, clients: readonly SmtpClient[], { master }: Instance): Routes {
  const leftOut: LeftOut[] = [];
  const say = (name: string, value: string, why: string): void => {
    const place = parameters.place(name);
    leftOut.push({ what: value === "" ? name : `${name} = ${value}`, why, ...(place && { place }) });
  };
  const viaRelay = `hands mail to a relay, ${GIVE_RELAY}`;
  const relayed = new Set<string>();
  const relayhost = parameters.value("relayhost");
  if (!relayhost.ok) say("relayhost", "", `${relayhost.why}: whether mail leaves by a relay is not known`);
  const allRelayed = relayhost.ok && relayhost.text !== "";
  if (allRelayed) say("relayhost", relayhost.text, viaRelay);

  for (const name of ["default_transport", "relay_transport"]) {
    const value = parameters.value(name);
    if (!value.ok) {
      say(name, "", value.why);
      continue;
    }
    const [transport = "", ...nexthop] = value.text.split(":");
    if (allRelayed) relayed.add(transport);
    const isClient = clients.some((client) => client.name === transport) || /^(?:smtp|relay)$/.test(transport);
    // Mail for relay_domains may stay in the house or be refused; what is not said leaves by its default.
    if (parameters.place(name) === undefined || (name === "relay_transport" && !isClient)) continue;
    if (isClient && nexthop.join(":") !== "") {
      relayed.add(transport);
      say(name, value.text, viaRelay);
    } else if (!isClient) {
      const missing =
        master.length === 0
          ? "names an entry of master.cf: give that file too"
          : "names no SMTP client of master.cf, so that the address is not known";
      say(name, value.text, missing);
      if (master.length === 0 && name === "default_transport") relayed.add(DEFAULT_CLIENT.name);
    }
  }

  const set = (name: string): boolean => parameters.place(name) !== undefined && parameters.value(name).ok !== false;
  const nonEmpty = (name: string): boolean => {
    const value = parameters.value(name);
    return set(name) && (!value.ok || value.text !== "");
  };
  if (!allRelayed && nonEmpty("sender_dependent_relayhost_maps")) {
    const why = `hands mail of some senders to a relay, ${GIVE_RELAY}`;
    say("sender_dependent_relayhost_maps", "", why);
  }
  for (const name of ["transport_maps", "sender_dependent_default_transport_maps"]) {
    if (master.length === 0 && nonEmpty(name)) say(name, "", "may name other entries of master.cf: give that file too");
  }
  // Mail that transport_maps sends by another client passes no relayhost.
  const mapped = nonEmpty("transport_maps");
  return { leftOut, sends: ({ name }) => !relayed.has(name) && (!allRelayed || mapped) };
}

function sendersOfClient(client: SmtpClient, main: Parameters, { main: files, master }: Instance): FoundSenders {
  const parameters = main.with(client.overrides);
  const list = new SenderList();
  const helo = parameters.value("smtp_helo_name");
  const heloPlace = parameters.place("smtp_helo_name") ??
    parameters.place("myhostname") ??
    client.place ?? { file: (files[0] ?? master[0])?.name ?? "-", line: 1 };
  const says = helo.ok && helo.text !== "" ? helo.text : undefined;

  const protocols = parameters.value("inet_protocols");
  const protocolsPlace = parameters.place("inet_protocols") ?? heloPlace;
  if (!protocols.ok) list.leaveOut("inet_protocols", protocols.why, protocolsPlace);
  const protocolsText = protocols.ok ? protocols.text : "all";
  for (const family of familiesOf(protocolsText)) {
    const bound = boundAddress(family, parameters);
    if (bound.kind === "said") {
      const { address, setting, place } = bound;
      const proxies = parameters.value("proxy_interfaces");
      const behind = (proxies.ok ? wordsOf(proxies.text) : [])
        .map(withoutBrackets)
        .filter((word) => familyOf(word) === family);
      list.add({
        address,
        helo: says,
        setting,
        place,
        ...(family === 6 && { switchOff: NO_IPV6 }),
        ...(behind.length > 0 && { arrivesAt: behind }),
      });
    } else if (bound.kind === "unknown") {
      list.leaveOut(bound.what, bound.why, bound.place ?? heloPlace);
    } else if (family === 4) {
      const as = says === undefined ? "" : `=${says}`;
      const why = `is not set, so that the system chooses the IPv4 address: set it, or verify ADDRESS${as} of the machine`;
      list.leaveOut("smtp_bind_address", why, parameters.place("inet_interfaces") ?? heloPlace);
    } else {
      const why = `lets mail leave by IPv6, but smtp_bind_address6 is not set, so that the address is not known: set it, or keep mail from leaving by IPv6 with ${NO_IPV6}`;
      list.leaveOut(`inet_protocols = ${protocolsText}`, why, protocolsPlace);
    }
  }
  if (list.senders.length > 0 && !helo.ok) list.leaveOut("smtp_helo_name", helo.why, heloPlace);
  return list;
}

/** Neither `smtp_address_preference` nor a bind address does it: Postfix still tries IPv6 where a host has nothing else. */
const NO_IPV6 = "inet_protocols = ipv4";

/** By default Postfix uses both. */
function familiesOf(protocols: string): (4 | 6)[] {
  const words = wordsOf(protocols.toLowerCase());
  const uses = (word: string): boolean => words.includes("all") || words.includes(word);
  return [...(uses("ipv4") ? [4 as const] : []), ...(uses("ipv6") ? [6 as const] : [])];
}

type Bound =
  | { readonly kind: "said"; readonly address: string; readonly setting: string; readonly place: Place }
  | { readonly kind: "unknown"; readonly what: string; readonly why: string; readonly place: Place | undefined }
  | { readonly kind: "none" };

/**
 * The address that a client binds: `smtp_bind_address`, or the only address of the family in `inet_interfaces` if it is
 * not loopback (postconf(5), `inet_interfaces`).
 */
function boundAddress(family: 4 | 6, parameters: Parameters): Bound {
  const setting = family === 4 ? "smtp_bind_address" : "smtp_bind_address6";
  const place = parameters.place(setting);
  const value = parameters.value(setting);
  if (!value.ok) return { kind: "unknown", what: setting, why: value.why, place };
  if (value.text === "" || place === undefined) return fromInterfaces(family, parameters);
  const read = parseAddress(withoutBrackets(value.text));
  if (read.ok && read.address.family !== family) {
    return { kind: "unknown", what: `${setting} ${value.text}`, why: `is no IPv${family} address`, place };
  }
  return { kind: "said", address: value.text, setting, place };
}

function fromInterfaces(family: 4 | 6, parameters: Parameters): Bound {
  const setting = "inet_interfaces";
  const place = parameters.place(setting);
  const value = parameters.value(setting);
  if (!value.ok) return { kind: "unknown", what: setting, why: value.why, place };
  const words = wordsOf(value.text).map(withoutBrackets);
  if (place === undefined || words.some((word) => /^(?:all|loopback-only)$/i.test(word))) return { kind: "none" };
  const addresses = new Set<string>();
  const hosts: string[] = [];
  for (const word of words) {
    const read = parseAddress(word.toLowerCase() === "localhost" ? LOCALHOST[family] : word);
    if (!read.ok) hosts.push(word);
    else if (read.address.family === family) addresses.add(read.address.text);
  }
  // With more than one address none is bound, whatever a host name stands for.
  if (addresses.size > 1) return { kind: "none" };
  const [host] = hosts;
  if (host !== undefined) {
    const why = `names the host ${host}, whose IPv${family} address is not in the file: write the address`;
    return { kind: "unknown", what: `${setting} = ${value.text}`, why, place };
  }
  const [address] = addresses;
  if (address === undefined || addressKind(address) === "loopback") return { kind: "none" };
  return { kind: "said", address, setting, place };
}

function familyOf(text: string): 4 | 6 | undefined {
  const read = parseAddress(text);
  return read.ok ? read.address.family : undefined;
}

const LOCALHOST = { 4: "127.0.0.1", 6: "::1" } as const;

function withoutBrackets(text: string): string {
  return text.replace(/^\[(.*)\]$/, "$1");
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function once(leftOut: readonly LeftOut[]): LeftOut[] {
  return [...new Map(leftOut.map((each) => [JSON.stringify(each), each])).values()];
}
