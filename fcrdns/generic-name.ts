/**
 * Tells names that a machine gave (a provider's default, an access network's pool) from names that somebody chose. By
 * structure and by the vocabulary of networks, not by a list of remembered names: what gives a name away is the address
 * spelt in it, a word such as `dyn` or `pool` in the place where networks put it, a label that only a machine would
 * write, or a placeholder.
 */
import type { IpAddress } from "./address";
import { addressInName } from "./address-in-name";
import { cloudDefaultOf } from "./cloud-defaults";
import { type NameProblem, registrableLabelCount } from "./name";

/** A name taken apart. */
interface NameParts {
  readonly name: string;
  /** The labels left of the registered domain. */
  readonly host: readonly string[];
  /** All labels but the top-level domain: some providers register a domain for each of their networks. */
  readonly text: string;
  /** All labels but the first: what says whose network it is. */
  readonly context: string;
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
  const unlessMail = mailWord === "none" ? [spelledAddress(parts, ip) ?? machineLabel(parts)] : [];
  const unlessPlainlyMail = mailWord === "anywhere" ? [] : [accessWord(parts, mailWord === "short")];
  return [...always, ...unlessMail, ...unlessPlainlyMail].filter((reason) => reason !== null);
}

function partsOf(name: string): NameParts {
  const labels = name.split(".");
  const registered = labels.length - registrableLabelCount(labels);
  const host = labels.slice(0, Math.max(0, registered));
  return {
    name,
    host,
    text: labels.length === 1 ? name : labels.slice(0, -1).join("."),
    context: labels.slice(1).join("."),
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
const MAIL_ANYWHERE = /mail|smtp|sendgrid|sendinblue/;
/** The short words, as words of a host label. */
const MAIL_WORD =
  /^(?:mx[a-z]?|[a-z]{0,4}mta[a-z]?|[a-z]{0,8}out|outbound|outgoing|relay|msa|mda|esa|bounces?|newsletters?|postfix|exim|exchange|zimbra|lists?)$/;

/** How sure it is that a mail server is meant. */
function mailWordOf({ host, text }: NameParts): "anywhere" | "short" | "none" {
  if (MAIL_ANYWHERE.test(text)) return "anywhere";
  return host.some((label) => wordsOf(label).some((word) => MAIL_WORD.test(word))) ? "short" : "none";
}

/** How a subscriber is connected: nothing else is called so. */
const ACCESS_TECHNIQUE =
  /^(?:dyn|dyna|dynip|dynpool|dhcp|dial|dip|ppp|modem|catv|docsis|ftt[bchx]|hfc|cpe|cgn|cgnat|gprs|umts|hsdpa|lte|wimax|cdma|fios)$|^(?:[avsx]?dsl|cable|dialup|dialin|dynamic|pppoe|broadband)|(?:dsl|cable|modem|dialup|dhcp|broadband)$/;
/** Words for subscribers and their addresses. */
const ACCESS =
  /^(?:bredband|breitband|laajakaista|glasfaser|bb|p?pools?|cust|customers|clnt|subs?|subscribers?|abo|abonnes?|abonados?|abonent|assinante|clientes|kunden|residential|lightspeed|revip)$/;
/** Words that a host may well be named after, unless a longer number stands with them. */
const ACCESS_WITH_NUMBER =
  /^(?:d?clients?|customer|cliente|kunde|klant|users?|usuario|guest|hotspot|wlan|wifi|wireless|mobil[ei]?|mobility|movil|nat|res|resi|retail|home|fiber|fibre|fibra|vpn)$/;
/** Words that say nothing until two numbers or a long one stand with them. */
const ACCESS_WITH_NUMBERS =
  /^(?:static|staticip|fixed|fixip|ip|ipa|ips|host|hosts|hst|rev|reverse|net|red|business|range|cm)$/;

/**
 * The right places: in a label beside a number, as a whole label inside the name (`x.dyn.example.net`), among short codes.
 * In `client-portal` or `cable-guys` the word is part of a phrase.
 */
function accessWord({ host }: NameParts, isMailServer: boolean): NameProblem | null {
  const isPlain = isMailServer ? (word: string) => ACCESS_TECHNIQUE.test(word) : isPlainAccessWord;
  const hostText = host.join(".");
  const digitsInName = (hostText.match(/\d/g) ?? []).length;
  const several = wordsOf(hostText).filter(isPlainAccessWord).length > 1;
  for (const [position, label] of host.entries()) {
    const words = wordsOf(label);
    const digits = (label.match(/\d/g) ?? []).length;
    const numbers = (label.match(/\d+/g) ?? []).length;
    const phrase = digits === 0 && words.some((word) => word.length > 4 && !isAccessWord(word));
    if (phrase) continue;
    for (const word of words) {
      const withNumber = digits > 0 || (position > 0 && digitsInName >= 3);
      const withNumbers = numbers >= 2 || digits >= 4 || (position > 0 && digitsInName >= 6);
      const found =
        (isPlain(word) && (digitsInName > 0 || position > 0 || several)) ||
        (!isMailServer && ACCESS_WITH_NUMBER.test(word) && withNumber) ||
        (!isMailServer && ACCESS_WITH_NUMBERS.test(word) && withNumbers);
      if (found) {
        return reason("generic-access-word", word, `it has "${word}", a word of access networks and address pools`);
      }
    }
  }
  return null;
}

function isPlainAccessWord(word: string): boolean {
  return ACCESS.test(word) || ACCESS_TECHNIQUE.test(word);
}

function isAccessWord(word: string): boolean {
  return isPlainAccessWord(word) || ACCESS_WITH_NUMBER.test(word) || ACCESS_WITH_NUMBERS.test(word);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** What hosters number their machines with. */
const MACHINE =
  "(?:ns|vps|vmi|vmd|vm|vds|vs|srv|server|dedi|dedicated|ded|ds|kvm|xen|vz|ovz|lvps|vserver|rootserver|cloud|instance|inst|node|host|droplet|loft|hwsrv|ks|sd|web|cp|container|guest|colo|win|desktop|ip|i)";
const MACHINE_NUMBER = new RegExp(
  `^(?:${MACHINE}-?)+\\d{4,}$|^(?:vps|f?vds|lvps|vmi|vmd|dedi(?:cated)?|ded|instance|droplet|vserver|rootserver)-?\\d{3,}$`,
);
/** Shorter numbers count where the domain says that it is a hoster's. */
const MACHINE_SHORT_NUMBER = new RegExp(`^${MACHINE}-?\\d{3}$`);
const MACHINE_CODE = new RegExp(`^${MACHINE}-?(?=[a-z]*\\d)[0-9a-f]{6,}$`);
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

function machineLabel({ host, name, context }: NameParts): NameProblem | null {
  const uuid = UUID.exec(name)?.[0];
  if (uuid !== undefined) return reason("generic-machine-label", uuid, `it has a UUID ("${uuid}")`);
  const first = host[0] ?? (name.includes(".") ? "" : name);
  const is = (what: string) => reason("generic-machine-label", first, `its first label "${first}" is ${what}`);
  const number = host.find((label) => /^\d+$/.test(label));
  if (number !== undefined) return reason("generic-machine-label", number, `its label "${number}" is a number`);
  if (MACHINE_NUMBER.test(first)) return is("a numbered machine");
  if (MACHINE_CODE.test(first)) return is("a machine with a code for a name");
  if (MACHINE_SIZE.test(first)) return is("a machine's size");
  if (IMAGE.test(first)) return is("an image's name with numbers");
  if (/^[a-z]\d{5,}$|^[a-z]{2,3}-?\d{6,}$|\d{9}/.test(first)) return is("a long number");
  if (THREE_OCTETS.test(first)) return is("three numbers");
  if (MACHINE_SHORT_NUMBER.test(first) && HOSTER.test(context)) return is("a numbered machine of a hoster");
  if (/\d/.test(first) && host.slice(1).some((label) => RENTED.test(label))) return is("a rented machine's");
  if (/^[a-z-]{0,12}\d{4,}(?:-\d{1,2})?$/.test(first) && HOSTER.test(context))
    return is("a number in a hoster's network");
  if ((first.match(/\d{4,}/g) ?? []).length >= 2) return is("made of long numbers");
  const code = first.split("-").find(isHexCode);
  return code === undefined ? null : reason("generic-machine-label", code, `it has the hexadecimal code "${code}"`);
}

/** Eight or more hexadecimal digits, up to four letters before them: letters and digits alternate, or it is very long. */
function isHexCode(token: string): boolean {
  const code = /^[a-z]{0,4}?([0-9a-f]{8,})$/.exec(token)?.[1];
  if (code === undefined) return false;
  const changes = (code.match(/\d[a-f]|[a-f](?=\d)/g) ?? []).length;
  const enough = code.length >= 12 ? 1 : 2;
  return changes >= enough && (code.match(/\d/g) ?? []).length >= 3;
}

const PLACEHOLDER =
  /^(?:hosted-?(?:by|at|on)(?:-.*)?|un(?:assigned|allocated|used|defined|known|set|named|configured)(?:-.*)?|reserved|change-?me|customer|localhost|localdomain|default|generic|placeholder|dummy|(?:.*-)?no-?(?:ptr|rdns|reverse|dns|name|hostname|data)(?:-.*)?|(?:ptr|rdns|reverse|reverse-?dns|hostname)-(?:not|un|is-not|missing).*|(?:please-)?set-.*(?:ptr|rdns|reverse).*|not-(?:set|assigned|configured|in-use|used)|(?:default|generic)-(?:ptr|rdns|reverse|hostname))$/;
/** Single labels: what an image's template calls every server made from it. */
const TEMPLATE = /^(?:(?:kvm|vps|vm|server|host|cloud|ubuntu|debian|centos|rocky|alma|linux|template|image)-?)+\d*$/;

function placeholder({ host, name }: NameParts): NameProblem | null {
  const single = !name.includes(".");
  const found =
    host.find(
      (label, position) => PLACEHOLDER.test(label) || (position === 0 && /^(?:r?ptr|rdns|revdns|reverse)$/.test(label)),
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

/** The runs of letters in a label. */
function wordsOf(label: string): string[] {
  return label.match(/[a-z]+/g) ?? [];
}

function reason(rule: string, part: string, message: string): NameProblem {
  return { rule, part, message };
}
