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
  /** The registered domain without its suffix, and the inner host labels: what says whose network it is. */
  readonly context: string;
}

/**
 * Why a name is generic, each reason with the part that gave it away; empty for a name that somebody chose. Names of
 * mail servers may have the address in them, as those of large senders do: a mail word (`mail`, `smtp`, `mx`, `mta`,
 * `outbound` ...) excuses everything but a provider's default domain and a placeholder.
 * @param name canonical
 * @param ip the address that the name is for, if known
 */
export function genericReasons(name: string, ip?: IpAddress): NameProblem[] {
  const parts = partsOf(name);
  const always = [cloudDefault(parts), placeholder(parts)];
  const unlessMail = hasMailWord(parts) ? [] : [spelledAddress(parts, ip), accessWord(parts), machineLabel(parts)];
  return [...always, ...unlessMail].filter((reason) => reason !== null);
}

function partsOf(name: string): NameParts {
  const labels = name.split(".");
  const registered = labels.length - registrableLabelCount(labels);
  const host = labels.slice(0, Math.max(0, registered));
  return {
    name,
    host,
    text: labels.length === 1 ? name : labels.slice(0, -1).join("."),
    context: [...host.slice(1), labels[registered] ?? ""].join("."),
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

/** `mail` and `smtp` anywhere, also in the domain of a mail service; the short words as words of a host label. */
const MAIL_ANYWHERE = /mail|smtp/;
const MAIL_WORD =
  /^(?:mx[a-z]?|[a-z]{0,4}mta[a-z]?|mout|outbound|out|outgoing|relay|mxout|msa|mda|esa|bounces?|newsletters?|postfix|exim|exchange|zimbra|lists?)$/;

function hasMailWord({ host, text }: NameParts): boolean {
  return MAIL_ANYWHERE.test(text) || host.some((label) => wordsOf(label).some((word) => MAIL_WORD.test(word)));
}

/** Words of access networks that hosts are not named after. */
const ACCESS =
  /^(?:dyn|dyna|dynamic|dynamicip|dynip|dynpool|dhcp|dial|dialup|dialin|dip|ppp(?:oe)?|[a-z]{0,2}dsl(?:b|l|gp|plus|am)?|[a-z]{0,3}cable|modem|modemcable|cablemodem|catv|docsis|ftt[bchx]|hfc|cpe|cgn|cgnat|gprs|umts|hsdpa|lte|wimax|broadband|bredband|breitband|laajakaista|glasfaser|bb|pools?|cust|customers|subs?|subscribers?|abo|abonnes?|abonados?|abonent|assinante|clientes|kunden|residential|fios|lightspeed|cm|revip)$/;
/** Words that a host may well be named after, unless a longer number stands with them. */
const ACCESS_WITH_NUMBER =
  /^(?:d?clients?|customer|cliente|kunde|klant|users?|usuario|guest|hotspot|wlan|wifi|wireless|mobil[ei]?|mobility|movil|nat|res|resi|retail|home|fiber|fibre|fibra|vpn)$/;
/** Words that say nothing until two numbers or a long one stand with them. */
const ACCESS_WITH_NUMBERS = /^(?:static|staticip|fixed|fixip|ip|ips|host|hosts|rev|reverse|net|red|business|range)$/;

/**
 * The right places: in a label beside a number, as a whole label inside the name (`x.dyn.example.net`), among short codes.
 * In `client-portal` or `cable-guys` the word is part of a phrase.
 */
function accessWord({ host }: NameParts): NameProblem | null {
  const hostText = host.join(".");
  const digitsInName = (hostText.match(/\d/g) ?? []).length;
  for (const [position, label] of host.entries()) {
    const words = wordsOf(label);
    const digits = (label.match(/\d/g) ?? []).length;
    const numbers = (label.match(/\d+/g) ?? []).length;
    const phrase = digits === 0 && words.some((word) => word.length > 4 && !isAccessWord(word));
    if (phrase) continue;
    for (const word of words) {
      const found =
        (ACCESS.test(word) && (digitsInName > 0 || position > 0)) ||
        (ACCESS_WITH_NUMBER.test(word) && (digits > 0 || (position > 0 && digitsInName >= 3))) ||
        (ACCESS_WITH_NUMBERS.test(word) && (numbers >= 2 || digits >= 4 || (position > 0 && digitsInName >= 6)));
      if (found) {
        return reason("generic-access-word", word, `it has "${word}", a word of access networks and address pools`);
      }
    }
  }
  return null;
}

function isAccessWord(word: string): boolean {
  return ACCESS.test(word) || ACCESS_WITH_NUMBER.test(word) || ACCESS_WITH_NUMBERS.test(word);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** What hosters number their machines with. */
const MACHINE =
  "(?:ns|vps|vmi|vmd|vm|vds|vs|srv|server|dedi|dedicated|ded|ds|kvm|xen|vz|ovz|lvps|vserver|rootserver|cloud|instance|inst|node|host|droplet|loft|hwsrv|ks|sd|web|cp|container|guest)";
const MACHINE_NUMBER = new RegExp(`^${MACHINE}-?\\d{4,}$`);
const MACHINE_CODE = new RegExp(`^${MACHINE}-?(?=[a-z]*\\d)[0-9a-f]{6,}$`);
/** The size of a machine in its name, as panels propose it. */
const MACHINE_SIZE = /\d+vcpu|\d+cpu-\d+gb/;
/** What hosters call their networks. */
const HOSTER = /host|server|srv|vps|vds|cloud|dedi|datacent|colo(?!r)|virtual|machine|rack|compute|instance/;

function machineLabel({ host, name, context }: NameParts): NameProblem | null {
  const uuid = UUID.exec(name)?.[0];
  if (uuid !== undefined) return reason("generic-machine-label", uuid, `it has a UUID ("${uuid}")`);
  const first = host[0] ?? (name.includes(".") ? "" : name);
  const is = (what: string) => reason("generic-machine-label", first, `its first label "${first}" is ${what}`);
  if (/^\d+$/.test(first)) return is("a number");
  if (MACHINE_NUMBER.test(first)) return is("a numbered machine");
  if (MACHINE_CODE.test(first)) return is("a machine with a code for a name");
  if (MACHINE_SIZE.test(first)) return is("a machine's size");
  if (/^[a-z]\d{5,}$/.test(first)) return is("a letter and a long number");
  if (/^[a-z]{0,10}-?\d{4,}$/.test(first) && HOSTER.test(context)) return is("a number in a hoster's network");
  if ((first.match(/\d{4,}/g) ?? []).length >= 2) return is("made of long numbers");
  const code = first.split("-").find(isHexCode);
  return code === undefined ? null : reason("generic-machine-label", code, `it has the hexadecimal code "${code}"`);
}

/** Eight or more hexadecimal digits, up to four letters before them, in which letters and digits alternate. */
function isHexCode(token: string): boolean {
  const code = /^[a-z]{0,4}?([0-9a-f]{8,})$/.exec(token)?.[1];
  if (code === undefined) return false;
  const changes = (code.match(/\d[a-f]|[a-f](?=\d)/g) ?? []).length;
  return changes >= 2 && (code.match(/\d/g) ?? []).length >= 3;
}

const PLACEHOLDER =
  /^(?:hosted-?(?:by|at|on)(?:-.*)?|un(?:assigned|allocated|used|defined|known|set|named|configured)(?:-.*)?|reserved|customer|localhost|localdomain|default|generic|placeholder|dummy|(?:.*-)?no-?(?:ptr|rdns|reverse|dns|name|hostname)(?:-.*)?|(?:ptr|rdns|reverse|reverse-?dns|hostname)-(?:not|un|is-not|missing).*|(?:please-)?set-.*(?:ptr|rdns|reverse).*|not-(?:set|assigned|configured|in-use|used)|(?:default|generic)-(?:ptr|rdns|reverse|hostname))$/;
/** Single labels: what an image's template calls every server made from it. */
const TEMPLATE = /^(?:(?:kvm|vps|vm|server|host|cloud|ubuntu|debian|centos|rocky|alma|linux|template|image)-?)+\d*$/;

function placeholder({ host, name }: NameParts): NameProblem | null {
  const found = name.includes(".") ? host.find((label) => PLACEHOLDER.test(label)) : name;
  if (found === undefined || !(PLACEHOLDER.test(found) || TEMPLATE.test(found))) return null;
  return reason("generic-placeholder", found, `"${found}" is a placeholder`);
}

/** The runs of letters in a label. */
function wordsOf(label: string): string[] {
  return label.match(/[a-z]+/g) ?? [];
}

function reason(rule: string, part: string, message: string): NameProblem {
  return { rule, part, message };
}
