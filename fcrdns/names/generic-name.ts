/**
 * Tells names that a machine gave (a provider's default, an access network's pool) from names that somebody chose. By
 * structure and by the vocabulary of networks, not by a list of remembered names: what gives a name away is the address
 * spelt in it, a word such as `dyn` or `pool` in the place where networks put it, a label that only a machine would
 * write, or a placeholder.
 */
import { getDomain } from "tldts";
import {
  ACCESS_EQUIPMENT,
  ACCESS_INSIDE,
  ACCESS_TECHNIQUE,
  ADDRESS_LABEL,
  EQUIPMENT_AND_PORT,
  isAccessWord,
  isPlainAccessWord,
  isSubscriberWord,
  isWeakAccessWord,
} from "./access-words";
import type { IpAddress } from "./address";
import { addressInName } from "./address-in-name";
import { cloudDefaultOf } from "./cloud-defaults";
import type { NameProblem } from "./name";

/** A name taken apart. */
interface NameParts {
  readonly name: string;
  /** The labels left of the registered domain. */
  readonly host: readonly string[];
  /** All labels but the top-level domain: some providers register a domain for each of their networks. */
  readonly text: string;
  /** Whether the first label is what a hoster calls a machine, with a number behind it. */
  readonly isNumberedMachine: boolean;
}

/**
 * Why a name is generic, each reason with the part that gave it away; empty for a name that somebody chose. Names of
 * mail servers may have the address in them, as those of large senders do: a mail word (`mail`, `smtp`, `mx`, `mta`,
 * `outbound` ...) excuses everything but a provider's default domain and a placeholder. The short words are other things
 * too (`mx` is Mexico), so they do not excuse a word for how a subscriber is connected.
 * @param name canonical
 * @param ip the address that the name is for, if known
 */
export function genericReasons(name: string, ip?: IpAddress): NameProblem[] {
  const parts = partsOf(name);
  const always = [cloudDefault(parts), placeholder(parts)];
  const mailWord = mailWordOf(parts);
  // An address in the name is reason enough; that its numbers also look like a machine's says nothing more.
  const unlessMail = mailWord === "none" ? [spelledAddress(parts, ip) ?? machineLabel(parts) ?? lineNumber(parts)] : [];
  const unlessPlainlyMail = mailWord === "anywhere" ? [] : [accessWord(parts, mailWord === "short")];
  return [...always, ...unlessMail, ...unlessPlainlyMail].filter((reason) => reason !== null);
}

function partsOf(name: string): NameParts {
  const labels = name.split(".");
  const domain = getDomain(name, { validateHostname: false, detectIp: false });
  const host = domain === null ? [] : labels.slice(0, labels.length - domain.split(".").length);
  return {
    name,
    host,
    text: labels.length === 1 ? name : labels.slice(0, -1).join("."),
    isNumberedMachine: host[0] !== undefined && isNumberedMachine(host[0], labels.slice(1).join(".")),
  };
}

function cloudDefault({ name }: NameParts): NameProblem | null {
  const found = cloudDefaultOf(name);
  if (found === null) return null;
  const { entry, part } = found;
  return reason("generic-cloud-default", part, `it is a default name of ${entry.provider} ("${part}")`);
}

function spelledAddress({ text }: NameParts, ip: IpAddress | undefined): NameProblem | null {
  const spelling = addressInName(text, ip);
  if (spelling === null) return null;
  return reason("generic-address", spelling.part, `it has ${spelling.what} ("${spelling.part}")`);
}

/** Anywhere, also in the domain of a mail service. */
const MAIL_ANYWHERE = /mail|smtp|sendgrid|sendinblue|messag(?:e|ing)|(?:^|\.)mx(?:logic|guard|route|server)/;
/** The short words, as words of a host label. */
const MAIL_WORD =
  /^(?:mx[a-z]?|[a-z]{0,4}mta[a-z]?|[a-z]{0,8}out|outbound|outgoing|relay|msa|mda|esa|bounces?|newsletters?|postfix|exim|exchange|zimbra|lists?)$/;

/** A sender's machine in a pool of many: `m0353722`. */
const MAIL_NUMBER = /^m\d{5,8}$/;

/** How sure it is that a mail server is meant. An access provider may have "mail" in its domain. */
function mailWordOf({ host, text }: NameParts): "anywhere" | "short" | "none" {
  if (MAIL_ANYWHERE.test(host.join("."))) return "anywhere";
  if (MAIL_ANYWHERE.test(text)) return "short";
  const isShort = (label: string) => MAIL_NUMBER.test(label) || wordsOf(label).some((word) => MAIL_WORD.test(word));
  return host.some(isShort) ? "short" : "none";
}

/**
 * The right places: in a label beside a number, as a whole label inside the name (`x.dyn.example.net`), among short codes.
 * In `client-portal` or `cable-guys` the word is part of a phrase.
 */
function accessWord({ host, isNumberedMachine }: NameParts, isMailServer: boolean): NameProblem | null {
  const isPlain = isMailServer ? (word: string) => ACCESS_TECHNIQUE.test(word) : isPlainAccessWord;
  const hostText = host.join(".");
  const digitsInName = (hostText.match(/\d/g) ?? []).length;
  const several = wordsOf(hostText).filter(isPlainAccessWord).length > 1;
  // `host-33.static.example.net`: each word by itself could be anything, together and with a number they are not.
  const weakLabels = host.filter((label) => wordsOf(label).some((word) => isAccessWord(word))).length;
  const [first = ""] = host;
  const numbersInFirst = (withoutYears(first).match(/\d+/g) ?? []).length;
  const equipment =
    isMailServer || numbersInFirst === 0 ? undefined : host.slice(1).find((label) => ACCESS_EQUIPMENT.test(label));
  if (equipment !== undefined) return accessReason(equipment);
  if (!isMailServer && EQUIPMENT_AND_PORT.test(first)) return accessReason(first);
  for (const [position, label] of host.entries()) {
    const words = wordsOf(label);
    const counted = withoutYears(label).replace(ABBREVIATION, "");
    const digits = (counted.match(/\d/g) ?? []).length;
    const numbers = (counted.match(/\d+/g) ?? []).length;
    const ownWords = words.filter((word) => word.length > 4 && !isAccessWord(word)).length;
    if (digits === 0 && ownWords > 0) continue;
    // `hosted-4-client-live-server5`
    const isPhrase = digits <= 2 && ownWords > 1;
    // `host2059.hostmonster.com`: the number of a machine, unless something else in the name speaks of access.
    const isNumberedHost = position === 0 && isNumberedMachine;
    for (const word of words) {
      const withNumber = digits > 0 || (position > 0 && digitsInName >= 3);
      const withNumbers =
        numbers >= 2 ||
        (digits > 0 && weakLabels > 1) ||
        (position > 0 && digitsInName >= 3 && ADDRESS_LABEL.test(label)) ||
        (digits >= 4 && !isNumberedHost) ||
        (position > 0 && (digitsInName >= 6 || (numbersInFirst >= 2 && word === label)));
      const found =
        (isPlain(word) && (digitsInName > 0 || position > 0 || several)) ||
        (!isMailServer && !isPhrase && isSubscriberWord(word, label, isNumberedMachine) && withNumber) ||
        (!isMailServer && !isPhrase && isWeakAccessWord(word) && withNumbers) ||
        (!isMailServer && ACCESS_INSIDE.test(word) && numbers >= 2);
      if (found) return accessReason(word);
    }
  }
  return null;
}

function accessReason(word: string): NameProblem {
  return reason("generic-access-word", word, `it has "${word}", a word of access networks and address pools`);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** What hosters call a machine. */
const MACHINE =
  /(?:server|serv|srv|svr|host|hosting|cloud|vps|vds|node|dedi|dedicated|machine|instance|droplet|box|panel|plesk|web)$|^(?:vm[id]?|vs|ns|sv|ks|sd|ds|rs|cp|ded|inst|kvm|xen|vz|ovz|loft|colo|root|win|desktop|container|guest)$/;
/** A machine with a code instead of a number: a letter behind a digit, since `srv-dc0001` is a word and a number. */
const MACHINE_CODE = /^([a-z]+?)-?(?=[0-9a-f]*\d[a-f])[0-9a-f]{6,}$/;
/** The size of a machine in its name, as panels propose it. */
const MACHINE_SIZE = /(?:^|-)\d+(?:gb|v?cpu)(?:-|$)/;
/** An image's name with numbers around it. */
const IMAGE = /^(?=(?:.*\d){2})(?:.*-)?(?:ubuntu|debian|centos|rocky|almalinux|fedora|freebsd|windows)(?:-|$)/;
/** Three octets that make a whole label, with a few letters before them. */
const THREE_OCTETS = /^[a-z]{0,4}-?(?:\d{1,3}-){2}\d{1,3}$/;
/** What hosters call the part of their network with the rented machines. */
const RENTED =
  /^(?:dedicated|dedi|vps|vds|cloudvps|baremetal|instances?|compute|colo|vserver|rootserver|vms?|kvm|lxc|droplets?)$/;
/** What hosters call their networks. */
const HOSTER = /host|server|srv|vps|vds|cloud|dedi|datacent|colo(?!r)|virtual|machine|rack|compute|instance/;

/**
 * Whether a number counts machines and not lines: it stands behind a word for a machine (`cloudserver094114`), or behind at
 * most a few letters in the domain of a hoster (`s770052.srvape.com`). Shared and rented machines alike send mail under such
 * names, however high the number, so it says nothing by itself. The names that a provider gives to every machine are facts
 * of that provider.
 */
function isNumberedMachine(label: string, context: string): boolean {
  // A second number is part of the first one's only where they cannot be two octets.
  const numbered = /^((?:[a-z](?:[a-z-]*[a-z])?)?)-?(?:\d+(?:-\d{1,2})?|\d{4,}-\d+)$/.exec(label);
  if (numbered === null) return false;
  const [, kind = ""] = numbered;
  if (kind === "") return /^\d{4,}$/.test(label) && HOSTER.test(context);
  const words = kind.split("-");
  if (words.some(isPlainAccessWord)) return false;
  return MACHINE.test(words.at(-1) ?? "") || (kind.length <= 3 && HOSTER.test(context));
}

function machineLabel({ host, name, isNumberedMachine }: NameParts): NameProblem | null {
  const uuid = UUID.exec(name)?.[0];
  if (uuid !== undefined) return reason("generic-machine-label", uuid, `it has a UUID ("${uuid}")`);
  const first = host[0] ?? (name.includes(".") ? "" : name);
  const is = (what: string) => reason("generic-machine-label", first, `its first label "${first}" is ${what}`);
  const isMachine = isNumberedMachine && host.length === 1;
  const number = isMachine ? undefined : host.find((label, position) => isNumberLabel(host, label, position));
  if (number !== undefined) return reason("generic-machine-label", number, `its label "${number}" is a number`);
  const withCode = MACHINE_CODE.exec(first)?.[1];
  if (withCode !== undefined && (withCode === "i" || MACHINE.test(withCode)))
    return is("a machine with a code for a name");
  if (MACHINE_SIZE.test(first)) return is("a machine's size");
  if (IMAGE.test(first)) return is("an image's name with numbers");
  if (!isNumberedMachine && isLongCounter(withoutDates(first), host.length > 1)) return is("a long number");
  const long = host.find((label) => /\d{9}/.test(label));
  if (long !== undefined) return reason("generic-machine-label", long, `its label "${long}" has a long number`);
  if (THREE_OCTETS.test(first)) return is("three numbers");
  const octets = HEX_LABELS.exec(host.join("."))?.[0];
  if (octets !== undefined)
    return reason("generic-machine-label", octets, `it has octets in hexadecimal ("${octets}")`);
  if (/\d{3}/.test(first) && host.slice(1).some((label) => RENTED.test(label))) return is("a rented machine's");
  if (!isNumberedMachine && (first.match(/\d{4,}/g) ?? []).length >= 2) return is("made of long numbers");
  const code = first.split("-").find((token) => isHexCode(token) || isHexAddress(token, host.length));
  return code === undefined ? null : reason("generic-machine-label", code, `it has the hexadecimal code "${code}"`);
}

/** A label that is a number: three digits in front, or an octet with another number around. `0.example.com` is a name. */
function isNumberLabel(host: readonly string[], label: string, position: number): boolean {
  if (!/^\d+$/.test(label)) return false;
  const isBeside = [host[position - 1], host[position + 1]].some((next) => /\d/.test(next ?? ""));
  const isOneOfTwo = host.filter((each) => /^\d/.test(each)).length > 1;
  return label.length > 3 || (label.length === 3 && position === 0) || isBeside || isOneOfTwo;
}

/** Octets in hexadecimal as labels: `38.6b.d1c4`. */
const HEX_LABELS = /^(?=.*\d)[0-9a-f]{1,2}\.[0-9a-f]{2}\.(?:[0-9a-f]{4}|[0-9a-f]{2}\.[0-9a-f]{2})(?:\.|$)/;

/** A counter of lines or subscribers; a letter and a few digits count them only in a network below the domain. */
function isLongCounter(label: string, isBelow: boolean): boolean {
  const letterAndNumber = isBelow ? /^[a-z]\d{5,}$|^[a-z]{2}\d{5,}-[a-z]$/ : /^[a-z]\d{7,}$/;
  return (
    letterAndNumber.test(label) ||
    /^[a-z]{2,12}-?\d{6,}$|^[a-z]{1,4}\d{7,}[a-z]{1,4}$|^([a-z])[a-z]{2}\d{6}\1[a-z]{2}$/.test(label)
  );
}

/** Eight or more hexadecimal digits, up to four letters before them: letters and digits alternate, or it is very long. */
function isHexCode(token: string): boolean {
  const code = /^[a-z]{0,4}?([0-9a-f]{8,})$/.exec(token)?.[1];
  if (code === undefined) return false;
  const changes = (code.match(/\d[a-f]|[a-f](?=\d)/g) ?? []).length;
  const enough = code.length >= 12 ? 1 : 2;
  return changes >= enough && (code.match(/\d/g) ?? []).length >= 3;
}

/** Eight hexadecimal digits are four octets; letters with a number behind them may be a word, if nothing is below it. */
function isHexAddress(token: string, labels: number): boolean {
  return /^(?=.*\d)[0-9a-f]{8}$/.test(withoutYears(token)) && (labels > 1 || !/^[a-f]+\d+$/.test(token));
}

/** Domains of access networks: their hosts with numbers are subscribers, unless they say that they are servers. */
const ACCESS_DOMAIN =
  /(?:^|-)(?:[avsx]?dsl|catv|cable|dialup|dhcp|dyn|pool)(?:-|$)|dsl|broadband|catv|pppool|cablemodem|^dial|dial(?:up|in)?$|^ras-?server/;
/** What servers of an access network are called. */
const SERVER_WORD = /^(?:ns|dns|www|web|ftp|host|server|srv|gw|gateway|mx|mail|vpn|proxy|time|ntp|irc|news|forum)$/;

/**
 * How access networks count their lines: node, port and subscriber numbers strung together with a few letters
 * (`h12n3c1`, `r4-17-2`), a counter behind a place (`dnet-217003`), two numbers that nobody chose.
 */
function lineNumber({ host, name, isNumberedMachine }: NameParts): NameProblem | null {
  const first = host[0];
  if (first === undefined || isNumberedMachine) return null;
  const is = (what: string, part = first) =>
    reason("generic-line-number", part, `"${part}" looks like ${what} of an access network`);
  const runs = withoutYears(first).match(/\d+/g) ?? [];
  const digits = runs.join("").length;
  const longestWord = Math.max(0, ...wordsOf(first).map((word) => word.length));
  const standing = first.split("-").filter((token) => /^\d+$/.test(token)).length;
  if (runs.length >= 3 && (standing > 0 ? longestWord <= 6 : longestWord <= 3)) return is("a line's number");
  if (runs.length === 2 && digits >= 4 && longestWord <= 3 && PLACE_AND_PORT.test(first)) return is("a line's number");
  // Without a hyphen it may be a company's own code, such as `p1lg14878`.
  const isCounted = first.includes("-") ? longestWord <= 6 : longestWord <= 3 && runs.every((run) => run.length > 1);
  if (runs.length === 2 && digits >= 6 && isCounted && !UNIT.test(first)) return is("a line's number");
  if (/^[a-z]?\d{3,}-/.test(first) && runs.length >= 2 && digits >= 6 && !UNIT.test(first))
    return is("a line's number");
  if (/^[a-z]{1,4}\d+[a-z]\d+$/.test(first) && digits >= 5) return is("a line's number");
  if (/^\d/.test(first) && runs.length === 2 && (digits >= 3 || standing > 0) && longestWord <= 6)
    return is("a line's number");
  if (LINE_AND_PORT.test(first) && digits >= 4) return is("a line's number");
  if (WORD_AND_OCTETS.test(first) && digits >= 6) return is("a line's number");
  const second = host[1] ?? "";
  const isLineOfNode = CODE_AND_NUMBER.test(first) && CODE_AND_NUMBER.test(second) && !/\d{4}/.test(second);
  if (isLineOfNode && digits + (second.match(/\d/g) ?? []).length >= 4)
    return is("the line and the node", `${first}.${second}`);
  if (/\d/.test(first) && host.slice(1).some((label) => /^[a-z]{1,4}\d{6,}$/.test(label))) return is("a line's number");
  if (/^[a-z]+-\d{5,}$/.test(first) || /(?:^|-)[a-z]{0,3}\d{7,}(?:-|$)/.test(first)) return is("a subscriber's number");
  const domain = name.slice(host.join(".").length + 1).split(".")[0] ?? "";
  const chosen = wordsOf(first).some((word) => SERVER_WORD.test(word));
  if (!chosen && ACCESS_DOMAIN.test(domain) && (digits >= 3 || /[a-z]\d+[a-z]/.test(first))) return is("a subscriber");
  return null;
}

/** `kotivayla-134-170`: two or three octets, which numbers of a machine seldom are. */
const WORD_AND_OCTETS = /^[a-z-]{5,}(?:-(?:1?\d?\d|2[0-4]\d|25[0-5])){2,3}$/;

/** The line under its node: `h79.c233`. */
const CODE_AND_NUMBER = /^(?!(?:web|www|vm|vs|srv|ns|fw|lb|db|app|dc|gw|az)\d)[a-z]{1,4}-?\d{1,4}(?:-\d{1,3})?$/;

/** A place's or a router's number and a port: `dai-tx12-197`, `ts01-008`. */
const PLACE_AND_PORT =
  /^(?:[a-z]{2,3}-)?(?!(?:web|www|vm|srv|ns|fw|lb|db|app|dc|gw|host|mx|k)\d)[a-z]{2,3}\d{1,3}-\d{2,3}$/;

/** Two numbers of which one is a plain counter: `m15-112` of a sender's pool. */
const UNIT = /^[a-z]\d{1,3}-\d{1,3}$/;
/** Letters that networks give their lines, and senders' pools do not. */
const LINE_AND_PORT = /^[cdghi]\d{1,3}-\d{1,3}$/;

const PLACEHOLDER =
  /^(?:hosted-?(?:by|at|on)(?:-.*)?|un(?:assigned|allocated|used|defined|known|set|named|configured)(?:-.*)?|reserved|change-?me|customer|localhost|localdomain|default|generic|placeholder|dummy|(?:.*-)?no-?(?:ptr|rdns|reverse|dns|name|hostname|data)(?:-.*)?|(?:ptr|rdns|reverse|reverse-?dns|hostname)-(?:not|un|is-not|missing).*|(?:please-)?set-.*(?:ptr|rdns|reverse).*|not-(?:set|assigned|configured|in-use|used)|(?:default|generic)-(?:ptr|rdns|reverse|hostname))$/;
/** Single labels: what an image's template calls every server made from it. */
const TEMPLATE = /^(?:(?:kvm|vps|vm|server|host|cloud|ubuntu|debian|centos|rocky|alma|linux|template|image)-?)+\d*$/;

function placeholder(parts: NameParts): NameProblem | null {
  const { host, name, isNumberedMachine } = parts;
  const single = !name.includes(".");
  const found =
    host.find(
      (label, position) =>
        (PLACEHOLDER.test(label) &&
          !(label === "customer" && isNumberedMachine) &&
          (position === 0 || mailWordOf({ ...parts, host: host.slice(0, 1) }) === "none")) ||
        (position === 0 && /^(?:r?ptr|rdns|revdns|rev|reverse)(?:-?\d{2,})?$/.test(label)) ||
        (host.length === 1 && /^(?:dhcp|pppoe|dialup)$/.test(label)),
    ) ??
    name
      .split(".")
      .find(
        (label) =>
          /^local(?:host|domain)$/.test(label) || (single && (PLACEHOLDER.test(label) || TEMPLATE.test(label))),
      );
  if (found === undefined) return null;
  return reason("generic-placeholder", found, `"${found}" is a placeholder`);
}

/** A year is a number that people choose: `host2023`, `exch2019`. */
function withoutYears(label: string): string {
  return label.replace(/(?<!\d)(?:19[89]|20[0-4])\d(?!\d)/g, "");
}

/** `k8s`, `e2e`: a number of letters, not of a machine. */
const ABBREVIATION = /(?<![a-z0-9])[a-z]\d{1,2}[a-z](?![a-z0-9])/g;

/** A day is one too: `20230401`. */
function withoutDates(label: string): string {
  return label.replace(/(?<!\d)(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g, "");
}

/** The runs of letters in a label. */
function wordsOf(label: string): string[] {
  return label.match(/[a-z]+/g) ?? [];
}

function reason(rule: string, part: string, message: string): NameProblem {
  return { rule, part, message };
}
