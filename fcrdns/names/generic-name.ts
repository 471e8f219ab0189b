/**
 * Tells names that a machine gave (a provider's default, an access network's pool) from names that somebody chose. By
 * structure and by the vocabulary of networks, not by a list of remembered names: what gives a name away is the address
 * spelt in it, a word such as `dyn` or `pool` in the place where networks put it, a label that only a machine would
 * write, or a placeholder.
 */
import { getDomain } from "tldts";
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
const MAIL_ANYWHERE = /mail|smtp|sendgrid|sendinblue|messag(?:e|ing)|(?:^|\.)mx(?:logic|guard|route|server)/;
/** The short words, as words of a host label. */
const MAIL_WORD =
  /^(?:mx[a-z]?|[a-z]{0,4}mta[a-z]?|[a-z]{0,8}out|outbound|outgoing|relay|msa|mda|esa|bounces?|newsletters?|postfix|exim|exchange|zimbra|lists?)$/;

/** A sender's machine in a pool of many: `m0353722`. */
const MAIL_NUMBER = /^m\d{5,8}$/;

/** How sure it is that a mail server is meant. */
function mailWordOf({ host, text }: NameParts): "anywhere" | "short" | "none" {
  if (MAIL_ANYWHERE.test(text)) return "anywhere";
  const isShort = (label: string) => MAIL_NUMBER.test(label) || wordsOf(label).some((word) => MAIL_WORD.test(word));
  return host.some(isShort) ? "short" : "none";
}

/** How a subscriber is connected: nothing else is called so. */
const ACCESS_TECHNIQUE =
  /^(?:dyn|dyna|dynip|dynpool|dhcp|dial|dip|s?l?ppp|pppool|pptp|l2tp|vpdn|isdn|modem|catv|cbl|kbl|kabel|cabel|sdi|coax|docsis|cmts|ftt[bchpx]|[ge]pon|hfc|cpe|cgn|cgnat|gprs|umts|hsdpa|evdo|lte|wimax|wll|cdma|fios|hsi|hsd|hsia|dslam|bras|bng|leased|leasedline)$|^(?:[avsxhg]?dsl|cable|dialup|dialin|d[yi]nami[ckq]|pppoe|broadband|catv|cpe(?=dyn|stat))|(?:dsl|cable|modem|dialup|dhcp|broadband|catv|ftth|dynamic|dinamic[oa])$/;
/** Words for subscribers and their addresses. */
const ACCESS =
  /^(?:bredband|breitband|laajakaista|glasfaser|bb|p?pools?|cust|customers|clnt|subs?|subscribers?|subscr|usuarios|abo|abonnes?|abonados?|abonent|assinante|clientes|kunden|residential|lightspeed|revip)$/;
/** Words that a host may well be named after, unless a longer number stands with them. */
const ACCESS_WITH_NUMBER =
  /^(?:d?clients?|customer|cliente|kunde|klant|users?|usuario|guest|hotspot|wlan|wifi|wireless|mobil[ei]?|mobility|movil|nat|res|resi|retail|home|fiber|fibre|fibra|vpn|klien[ts]|abonents?|[oc]nu|ont|olt|pon|ubr|bsr|lns|pppd|ras|dorm|apt|homeuser)$/;
/** Words that say nothing until two numbers or a long one stand with them. */
const ACCESS_WITH_NUMBERS =
  /^(?:static|staticip|sta|stat|statip|statisch|estatico|fixed|fixip|fix|ip|ipa|ips|ipv4|addr|in|inaddr|host|hosts|hst|rev|reverse|net|red|business|biz|corp|range|block|subnet|cm|line|linea|port|slot|floor|room|flat|cell|nas|wan|lan|pc|priv|member|node|ll)$/;
/** Inside a longer word, where two numbers stand with it: `slkcdslgw14poold234`. */
const ACCESS_INSIDE = /dsl|dhcp|dial|ppp|^pool/;
/** The equipment that subscribers are connected to, numbered, as a label of its own: `p202.as1.exs.dublin.example.ie`. */
const ACCESS_EQUIPMENT = /^(?:b?ras|bas|nas|as|lns|bsr|[cu]br|cmts|dslam|bng|bbar|olt|tnt|max|ascend|tc|pm)-?\d{1,3}$/;

/**
 * The right places: in a label beside a number, as a whole label inside the name (`x.dyn.example.net`), among short codes.
 * In `client-portal` or `cable-guys` the word is part of a phrase.
 */
function accessWord({ host }: NameParts, isMailServer: boolean): NameProblem | null {
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
  for (const [position, label] of host.entries()) {
    const words = wordsOf(label);
    const counted = withoutYears(label).replace(ABBREVIATION, "");
    const digits = (counted.match(/\d/g) ?? []).length;
    const numbers = (counted.match(/\d+/g) ?? []).length;
    const phrase = digits === 0 && words.some((word) => word.length > 4 && !isAccessWord(word));
    if (phrase) continue;
    // `host2059.hostmonster.com`: shared hosts are numbered to four digits.
    const isNumberedHost = host.length === 1 && /^host-?\d{1,4}$/.test(label);
    for (const word of words) {
      const withNumber = digits > 0 || (position > 0 && digitsInName >= 3);
      const withNumbers =
        numbers >= 2 ||
        (digits > 0 && weakLabels > 1) ||
        (digits >= 4 && !isNumberedHost) ||
        (position > 0 && (digitsInName >= 6 || (numbersInFirst >= 2 && word === label)));
      const found =
        (isPlain(word) && (digitsInName > 0 || position > 0 || several)) ||
        (!isMailServer && ACCESS_WITH_NUMBER.test(word) && withNumber) ||
        (!isMailServer && ACCESS_WITH_NUMBERS.test(word) && withNumbers) ||
        (!isMailServer && ACCESS_INSIDE.test(word) && numbers >= 2);
      if (found) return accessReason(word);
    }
  }
  return null;
}

function accessReason(word: string): NameProblem {
  return reason("generic-access-word", word, `it has "${word}", a word of access networks and address pools`);
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
  "(?:serv|ns|vps|vmi|vmd|vm|vds|vs|srv|server|dedi|dedicated|ded|ds|kvm|xen|vz|ovz|lvps|vserver|rootserver|cloud|instance|inst|node|host|droplet|loft|hwsrv|ks|sd|web|cp|container|guest|colo|win|desktop|ip|i)";
/** Rented machines, which nobody has named yet; shared hosts are numbered too and send mail under that name. */
const RENTED_MACHINE =
  "(?:vps|f?vds|lvps|vmi|vmd|vm|vs|ks|sd|kvm|xen|vz|ovz|dedicated|ded|instance|inst|droplet|vserver|root(?:server)?)";
const MACHINE_NUMBER = new RegExp(`^(?:${MACHINE}-?)+\\d{5,}$|^${RENTED_MACHINE}-?\\d{3,}$`);
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
  if (/^[a-z]\d{5,}$|^[a-z]{2,12}-?\d{6,}$|^[a-z]{1,4}\d{7,}[a-z]{1,4}$/.test(withoutDates(first)))
    return is("a long number");
  const long = host.find((label) => /\d{9}/.test(label));
  if (long !== undefined) return reason("generic-machine-label", long, `its label "${long}" has a long number`);
  if (THREE_OCTETS.test(first)) return is("three numbers");
  if (/\d/.test(first) && host.slice(1).some((label) => RENTED.test(label))) return is("a rented machine's");
  if (/^[a-z-]{0,12}\d{6,}(?:-\d{1,2})?$/.test(first) && HOSTER.test(context))
    return is("a number in a hoster's network");
  if ((first.match(/\d{4,}/g) ?? []).length >= 2) return is("made of long numbers");
  const code = first.split("-").find((token) => isHexCode(token) || isHexAddress(token, host.length));
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
function lineNumber({ host, name }: NameParts): NameProblem | null {
  const first = host[0];
  if (first === undefined) return null;
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
  if (/^\d/.test(first) && runs.length === 2 && longestWord <= 6) return is("a line's number");
  if (/^[a-z]+-\d{5,}$/.test(first) || /(?:^|-)[a-z]{0,3}\d{7,}(?:-|$)/.test(first)) return is("a subscriber's number");
  const domain = name.slice(host.join(".").length + 1).split(".")[0] ?? "";
  const chosen = wordsOf(first).some((word) => SERVER_WORD.test(word));
  if (!chosen && ACCESS_DOMAIN.test(domain) && (digits >= 3 || /[a-z]\d+[a-z]/.test(first))) return is("a subscriber");
  return null;
}

/** A place's or a router's number and a port: `dai-tx12-197`, `ts01-008`. */
const PLACE_AND_PORT =
  /^(?:[a-z]{2,3}-)?(?!(?:web|www|vm|srv|ns|fw|lb|db|app|dc|gw|host|mx|k)\d)[a-z]{2,3}\d{1,3}-\d{2,3}$/;

/** Two numbers of which one is a plain counter: `m15-112` of a sender's pool. */
const UNIT = /^[a-z]\d{1,3}-\d{1,3}$/;

const PLACEHOLDER =
  /^(?:hosted-?(?:by|at|on)(?:-.*)?|un(?:assigned|allocated|used|defined|known|set|named|configured)(?:-.*)?|reserved|change-?me|customer|localhost|localdomain|default|generic|placeholder|dummy|(?:.*-)?no-?(?:ptr|rdns|reverse|dns|name|hostname|data)(?:-.*)?|(?:ptr|rdns|reverse|reverse-?dns|hostname)-(?:not|un|is-not|missing).*|(?:please-)?set-.*(?:ptr|rdns|reverse).*|not-(?:set|assigned|configured|in-use|used)|(?:default|generic)-(?:ptr|rdns|reverse|hostname))$/;
/** Single labels: what an image's template calls every server made from it. */
const TEMPLATE = /^(?:(?:kvm|vps|vm|server|host|cloud|ubuntu|debian|centos|rocky|alma|linux|template|image)-?)+\d*$/;

function placeholder(parts: NameParts): NameProblem | null {
  const { host, name } = parts;
  const single = !name.includes(".");
  const found =
    host.find(
      (label, position) =>
        (PLACEHOLDER.test(label) && (position === 0 || mailWordOf({ ...parts, host: host.slice(0, 1) }) === "none")) ||
        (position === 0 && /^(?:r?ptr|rdns|revdns|reverse)$/.test(label)) ||
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
