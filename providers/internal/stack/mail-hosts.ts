/**
 * The addresses that a stack's machines send mail from, by what its firewalls and NAT gateways say.
 *
 * Port 25 out is how mail reaches its receivers, so whoever is permitted it by name sends. Who accepts submissions from the
 * Internet (465, 587) sends them on. Who accepts port 25 alone may only receive. Port 465 or 587 out is a client of a
 * mail service, which sends by addresses of its own; a rule for every port says nothing about mail. Where port 25 out is
 * blocked, no mail leaves to receivers, whatever else the firewall says.
 */
import type { NetworkRole } from "../../stack-facts";
import type { ForwardRecords } from "./forward-records";
import { type HeldAddress, heldAddresses } from "./held-addresses";
import { inPrivateUse } from "./ip-networks";
import { factsOf, knownResource } from "./known-resources";
import { soundsLikeMail } from "./mail-word";
import { NetworkGraph, networkFacts } from "./network-graph";
import { MAIL_PORTS, type MailPort, type PortRule, portRules } from "./port-rules";
import type { RelatedResources } from "./related-resource";
import { isUnknownAt, resourceName, type StackResource, textAt, textsAt } from "./stack-resource";

/** An address that mail leaves from, by what the network of its host says. */
export interface HostAddress {
  /** Canonical text; null: a NAT gateway sends by addresses that the stack does not show. */
  readonly ip: string | null;
  /** The resource that holds it, with its type. */
  readonly urn: string;
  readonly type: string;
  /** Why mail leaves from it, in words. */
  readonly reasons: readonly string[];
  /** advisory: its host may only receive mail. */
  readonly level: "mandatory" | "advisory";
  /** URN of a host that sends by it. */
  readonly host: string;
  /** It is a NAT gateway's. */
  readonly nat: boolean;
}

/** Why a machine counts as one that sends mail. */
interface MailHost {
  readonly host: StackResource;
  readonly reasons: readonly string[];
  readonly level: "mandatory" | "advisory";
  /** Families that the firewall permits. */
  readonly families: readonly (4 | 6)[];
}

/**
 * Every such address, once for each resource that holds it.
 * @param mailHosts names that MX and SPF records name
 */
export function hostAddresses(
  resources: readonly StackResource[],
  related: RelatedResources,
  records: ForwardRecords,
  mailHosts: ReadonlySet<string>,
): readonly HostAddress[] {
  const graph = new NetworkGraph(resources);
  const hosts = graph.ofRole("host");
  if (hosts.length === 0) return [];
  const firewalls = new Firewalls(graph, related);
  const named = [...mailHosts].flatMap((name) => records.addressesAt(name));
  const sources = new Set(named.flatMap((record) => record.sources ?? []));
  const ips = new Set(named.map(({ ip }) => ip));
  const hasOwnMail = named.length > 0 || [...mailHosts].some((name) => records.aliasesAt(name).length > 0);
  const found = new FoundAddresses();
  const behind = new Map<string, { readonly gateways: readonly GatewayAddress[]; readonly hosts: MailHost[] }>();
  for (const host of hosts) {
    const isNamed = sources.has(host.urn) || idsOf(host).some((id) => ips.has(id));
    const mail = mailHost(host, firewalls.of(host), hasOwnMail, isNamed);
    if (mail === undefined) continue;
    const own = ownAddresses(host, graph);
    if (own.some(({ ip }) => !ip.includes(":")) || isAddressUnknown(host)) {
      const noIpv6 = knownResource(host.type)?.provider?.stack?.noSmtpOverIpv6 !== undefined;
      const families = mail.families.filter((family) => family === 4 || !noIpv6);
      for (const address of own) {
        if (families.includes(address.ip.includes(":") ? 6 : 4)) found.add(address, [mail], mail.reasons, false);
      }
      continue;
    }
    const places = placesOf(host, graph);
    const group = behind.get(places.key) ?? { gateways: gatewayAddresses(places, graph), hosts: [] };
    group.hosts.push(mail);
    behind.set(places.key, group);
  }
  for (const { gateways, hosts: group } of behind.values()) {
    for (const { place, ...address } of gateways) {
      const reasons = group.slice(0, MAX_SHOWN_HOSTS).flatMap((mail) => mail.reasons);
      found.add(address, group, [`it is the NAT gateway of the ${place} of ${namesText(group)}`, ...reasons], true);
    }
  }
  return found.all();
}

/** Hosts that a sentence has room for. */
const MAX_SHOWN_HOSTS = 3;

function namesText(group: readonly MailHost[]): string {
  const names = group.slice(0, MAX_SHOWN_HOSTS).map(({ host }) => shownHost(host));
  const more = group.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** Addresses with everything that was found of each. */
class FoundAddresses {
  readonly #found = new Map<string, HostAddress>();

  public add(
    { ip, urn, type }: Pick<HostAddress, "ip" | "urn" | "type">,
    group: readonly MailHost[],
    reasons: readonly string[],
    nat: boolean,
  ): void {
    const key = `${ip} ${urn}`;
    const known = this.#found.get(key);
    const isMandatory = known?.level === "mandatory" || group.some(({ level }) => level === "mandatory");
    this.#found.set(key, {
      ip,
      urn,
      type,
      nat,
      reasons: [...new Set([...(known?.reasons ?? []), ...reasons])].slice(0, MAX_REASONS),
      level: isMandatory ? "mandatory" : "advisory",
      host: known?.host ?? group[0]?.host.urn ?? urn,
    });
  }

  public all(): readonly HostAddress[] {
    return [...this.#found.values()];
  }
}

const MAX_REASONS = 10;

/** @param said what its firewalls say */
function mailHost(host: StackResource, said: Said, hasOwnMail: boolean, isNamed: boolean): MailHost | undefined {
  if (said.isBlocked) return undefined;
  const name = shownHost(host);
  const { sends, into, inside, families } = said;
  const reasons = [
    ...(sends === undefined ? [] : [`${sends.title} permits ${name} ${portsText([25])} out`]),
    ...(into === undefined ? [] : [`${into.title} permits ${name} ${portsText(into.ports)} in`]),
  ];
  if (reasons.length > 0) {
    const submission = into?.ports.some((port) => port !== 25) === true;
    const level = sends !== undefined || submission || hasOwnMail ? "mandatory" : "advisory";
    return { host, reasons, level, families };
  }
  const hints = [
    ...(isNamed ? [`an MX or SPF record names ${name}`] : []),
    ...(inside === undefined ? [] : [`${inside.title} permits ${name} ${portsText(inside.ports)} in`]),
    ...(namesOf(host).some(soundsLikeMail) ? [`${name} has the name of a mail server`] : []),
  ];
  if (!hasOwnMail || hints.length === 0) return undefined;
  // Enough for a host behind a NAT gateway, not for an address of its own.
  return { host, reasons: hints.slice(0, 1), level: "mandatory", families: [] };
}

/** What the firewalls of a host say of mail. */
interface Said {
  /** No mail reaches its receivers. */
  readonly isBlocked: boolean;
  /** Port 25 out to the Internet is permitted by name. */
  readonly sends: Permission | undefined;
  /** Mail ports that the Internet may reach. */
  readonly into: Permission | undefined;
  /** Mail ports that others may reach. */
  readonly inside: Permission | undefined;
  /** Families of `sends` and `into`. */
  readonly families: readonly (4 | 6)[];
}

interface Permission {
  readonly title: string;
  readonly ports: readonly MailPort[];
}

function whatIsSaid(rules: readonly AppliedRule[]): Said {
  const denials = rules.filter(({ denies, named, families }) => denies && named.length > 0 && families.length > 0);
  const permissions = rules.filter(
    (rule) => !rule.denies && rule.named.length > 0 && !denials.some((denial) => winsOver(denial, rule)),
  );
  const out = permissions.filter(
    ({ direction, named, families }) => direction === "out" && named.includes(25) && families.length > 0,
  );
  const into = permissions.filter(({ direction, families }) => direction === "in" && families.length > 0);
  const inside = permissions.filter(({ direction, families }) => direction === "in" && families.length === 0);
  return {
    isBlocked: isBlocked(rules, denials, out.length > 0),
    sends: permissionOf(out),
    into: permissionOf(into),
    inside: permissionOf(inside),
    families: ([4, 6] as const).filter((family) => [...out, ...into].some((rule) => rule.families.includes(family))),
  };
}

function permissionOf(rules: readonly AppliedRule[]): Permission | undefined {
  const [first] = rules;
  if (first === undefined) return undefined;
  return { title: first.title, ports: MAIL_PORTS.filter((port) => rules.some(({ named }) => named.includes(port))) };
}

/** Whether no mail reaches its receivers: port 25 out is denied, or left out where the rest is blocked. */
function isBlocked(rules: readonly AppliedRule[], denials: readonly AppliedRule[], sends: boolean): boolean {
  const out = rules.filter(({ direction }) => direction === "out");
  const permits = out.some(({ denies, has25, families }) => !denies && has25 && families.length > 0);
  if (!permits && out.some(({ closed }) => closed)) return true;
  return !sends && denials.some(({ direction, named }) => direction === "out" && named.includes(25));
}

/** Whether a denial is about a port of this rule, and comes before it. */
function winsOver(denial: PortRule, rule: PortRule): boolean {
  if (denial.direction !== rule.direction || !rule.named.some((port) => denial.named.includes(port))) return false;
  return !(rule.priority !== undefined && denial.priority !== undefined && rule.priority < denial.priority);
}

interface AppliedRule extends PortRule {
  /** What is said of it in a sentence. */
  readonly title: string;
  /** What no outgoing rule of its firewall names is blocked. */
  readonly closed: boolean;
}

/** What a firewall says that blocks mail by a switch of its own. */
const BLOCKED: PortRule = {
  direction: "out",
  named: [25],
  has25: true,
  denies: true,
  priority: -1,
  families: [4, 6],
  groups: [],
};

/** The rules that apply to hosts; those of one firewall are read once. */
class Firewalls {
  readonly #graph: NetworkGraph;
  readonly #related: RelatedResources;
  readonly #rules = new Map<string, readonly AppliedRule[]>();
  readonly #parts = new Map<string, readonly AppliedRule[]>();
  readonly #said = new Map<string, Said>();
  readonly #kinds = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  readonly #selecting: readonly {
    readonly key: string;
    readonly kind: number;
    readonly matches: "kubernetes" | ((labels: ReadonlySet<string>) => boolean);
  }[];

  public constructor(graph: NetworkGraph, related: RelatedResources) {
    this.#graph = graph;
    this.#related = related;
    this.#selecting = graph.ofRole("firewall").flatMap((each) => {
      const selects = networkFacts(each)?.selects;
      return selects === undefined || this.#whole(each.urn).length === 0
        ? []
        : [
            {
              key: each.urn,
              kind: this.#kindOf(each.urn),
              matches: selects === "kubernetes" ? selects : selects(each),
            },
          ];
    });
  }

  /** What they say of a host; read once for all hosts that have the same. */
  public of(host: StackResource): Said {
    const direct = this.#graph.reached([host.urn], ["interface", "association"], ["firewall"]);
    const subnets = this.#graph.reached([host.urn], ["interface", "association"], ["subnet"]);
    const around = this.#graph.reached(subnets, ["association"], ["firewall"]);
    const { kubernetes = false, labels } = networkFacts(host) ?? {};
    const given = new Set(labels?.(host));
    const kinds = new Map([...direct, ...around].map((each) => [this.#kindOf(each), each]));
    for (const { key, kind, matches } of this.#selecting) {
      if (!kinds.has(kind) && (matches === "kubernetes" ? kubernetes : matches(given))) kinds.set(kind, key);
    }
    const key = [...kinds.keys()].join();
    const said = this.#said.get(key) ?? whatIsSaid([...kinds.values()].flatMap((each) => this.#whole(each)));
    this.#said.set(key, said);
    return said;
  }

  /** A number that firewalls with the same rules share. */
  #kindOf(key: string): number {
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const rules = JSON.stringify(this.#whole(key));
      kind = this.#numbers.get(rules) ?? this.#numbers.size;
      this.#numbers.set(rules, kind);
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  /** The rules of a firewall and of the resources that are parts of it. */
  #whole(key: string): readonly AppliedRule[] {
    let rules = this.#rules.get(key);
    if (rules === undefined) {
      this.#rules.set(key, []);
      const keys = [key, ...this.#graph.reached([key], ["firewall"], ["firewall"])];
      const closed = this.#graph.resources(keys).some((each) => networkFacts(each)?.closed?.(each) === true);
      rules = this.#graph
        .resources(keys)
        .flatMap((each) => this.#own(each).map((rule) => ({ ...this.#behind(rule, each), closed })));
      this.#rules.set(key, rules);
    }
    return rules;
  }

  /** A rule for the hosts of another firewall is one for the Internet where those take the same port from it. */
  #behind(rule: AppliedRule, resource: StackResource): AppliedRule {
    if (rule.families.length > 0 || rule.direction !== "in" || rule.named.length === 0) return rule;
    const others = rule.groups
      .flatMap((id) => this.#graph.withId(resource, "firewall", id))
      .flatMap((other) =>
        this.#graph.resources([other.urn, ...this.#graph.reached([other.urn], ["firewall"], ["firewall"])]),
      )
      .flatMap((other) => this.#own(other));
    const open = others.filter(
      ({ direction, denies, named }) =>
        direction === "in" && !denies && named.some((port) => rule.named.includes(port)),
    );
    return {
      ...rule,
      families: ([4, 6] as const).filter((family) => open.some((each) => each.families.includes(family))),
    };
  }

  #own(resource: StackResource): readonly AppliedRule[] {
    let rules = this.#parts.get(resource.urn);
    if (rules === undefined) {
      const title = networkFacts(resource)?.title ?? "a firewall rule";
      const blocked = networkFacts(resource)?.blocksMail?.(resource) === true ? [BLOCKED] : [];
      rules = [...portRules(resource, this.#related), ...blocked].map((rule) => ({ ...rule, title, closed: false }));
      this.#parts.set(resource.urn, rules);
    }
    return rules;
  }
}

/** The public addresses that a host has for itself; an address that was lent to it stands for its own. */
function ownAddresses(host: StackResource, graph: NetworkGraph): readonly HeldAddress[] {
  const around = graph.resources(
    graph.reached([host.urn], ["interface", "association"], ["interface", "association", "address"]),
  );
  const isPublic = ({ ip }: HeldAddress) => inPrivateUse(ip) === undefined;
  const lent = heldAddresses(around.filter((each) => networkFacts(each)?.is !== "interface")).filter(isPublic);
  const own = heldAddresses([host, ...around.filter((each) => networkFacts(each)?.is === "interface")]).filter(
    isPublic,
  );
  const all = lent.some(({ ip }) => !ip.includes(":"))
    ? [...lent, ...own.filter(({ ip }) => ip.includes(":"))]
    : [...own, ...lent];
  return [...new Map(all.toReversed().map((each) => [each.ip, each])).values()].reverse();
}

function isAddressUnknown(host: StackResource): boolean {
  return (factsOf(host)?.addresses ?? []).some((path) => isUnknownAt(host, path.replace(/[.[].*$/, "")));
}

interface GatewayAddress {
  readonly ip: string | null;
  readonly urn: string;
  readonly type: string;
  readonly place: "subnet" | "network";
}

/** Where a host stands. */
interface Places {
  /** The same for all hosts that stand in the same subnets and networks. */
  readonly key: string;
  readonly subnets: readonly string[];
  /** Its subnets, or those of its network where it names none. */
  readonly inside: readonly string[];
  readonly networks: readonly string[];
}

function placesOf(host: StackResource, graph: NetworkGraph): Places {
  const near: readonly NetworkRole[] = ["interface", "association"];
  const joined = graph.reached([host.urn], near, ["network"]);
  const subnets = graph.reached([host.urn], near, ["subnet"]);
  const inside = subnets.length > 0 ? subnets : graph.reached(joined, [], ["subnet"]);
  const networks = subnets.length > 0 ? graph.reached(subnets, [], ["network"]) : joined;
  return { key: JSON.stringify([subnets, networks]), subnets, inside, networks };
}

/** The addresses of the NAT gateways that hosts without a public address leave by. */
function gatewayAddresses({ subnets, inside, networks }: Places, graph: NetworkGraph): readonly GatewayAddress[] {
  const direct = gatewaysOf(inside, graph);
  // What a subnet says for itself counts before what is said for its whole network.
  const ofSubnet = direct.length > 0 || graph.reached(subnets, ["association"], ["routes"]).length > 0;
  const inNetwork = ofSubnet ? [] : gatewaysOf(networks, graph, inside, false);
  const hasRoutes = ofSubnet || graph.reached(networks, ["association"], ["routes"]).length > 0;
  const found = inNetwork.length > 0 || hasRoutes ? [...direct, ...inNetwork] : gatewaysNear(inside, networks, graph);
  const place = ofSubnet ? "subnet" : "network";
  return found.flatMap((gateway): GatewayAddress[] => {
    const lenders = graph.resources(graph.reached([gateway.urn], ["association"], ["address", "association"]));
    const lent = heldAddresses(lenders);
    const known = new Set(lent.map(({ ip }) => ip));
    const shown = heldAddresses([gateway]).filter(({ ip }) => !known.has(ip));
    const all = [...lent, ...shown]
      .filter(({ ip }) => inPrivateUse(ip) === undefined)
      .map(({ ip, urn, type }): GatewayAddress => ({ ip, urn, type, place }));
    const once = [...new Map(all.toReversed().map((each) => [each.ip, each])).values()].reverse();
    // An address of another stack is here by its id alone, unless the gateway itself shows it.
    const ids = graph.reached([gateway.urn], ["association"], ["address"]);
    const isComplete = once.length > 0 && ids.length - graph.resources(ids).length <= shown.length;
    return isComplete ? once : [...once, { ip: null, urn: gateway.urn, type: gateway.type, place }];
  });
}

/** Where the stack shows no routes at all: the gateways that stand in the same subnet, or in one of the same network. */
function gatewaysNear(
  subnets: readonly string[],
  networks: readonly string[],
  graph: NetworkGraph,
): readonly StackResource[] {
  return graph.ofRole("nat").filter((gateway) => {
    const { standsIn, serves } = networkFacts(gateway) ?? {};
    const stands = standsIn === undefined ? [] : graph.namedBy(gateway, standsIn, "subnet");
    const around = graph.reached(stands, [], ["network"]);
    const isNear = stands.some((key) => subnets.includes(key)) || around.some((key) => networks.includes(key));
    return isNear && (serves === undefined || serves(gateway, undefined, true));
  });
}

/** @param inside the subnets of a network that the hosts stand in, where they are known */
function gatewaysOf(
  places: readonly string[],
  graph: NetworkGraph,
  inside: readonly string[] = places,
  named = true,
): readonly StackResource[] {
  const standing = graph.resources(inside);
  const all = standing.length === 0 ? [undefined] : standing;
  return graph.resources(graph.reached(places, ["association", "routes"], ["nat"])).filter((gateway) => {
    const serves = networkFacts(gateway)?.serves;
    return serves === undefined || all.some((place) => serves(gateway, place, named));
  });
}

function idsOf(host: StackResource): readonly string[] {
  return (factsOf(host)?.ids ?? []).flatMap((path) => textsAt(host.properties, path));
}

/** The names that people gave it. */
function namesOf(host: StackResource): readonly string[] {
  const given = ["name", "label", "hostname", "displayName", "tags.Name", "tags.name"].flatMap(
    (path) => textAt(host.properties, path) ?? [],
  );
  const name = resourceName(host)
    .split(/[.[]/)
    .filter((part) => /[a-z]/i.test(part));
  return [...given, name.at(-1) ?? ""].map((each) => each.slice(0, 300));
}

/** The name of the resource, as messages have room for it. */
function shownHost(host: StackResource): string {
  const name = resourceName(host);
  return name.length > 100 ? `${name.slice(0, 100)}...` : name;
}

function portsText(ports: readonly MailPort[]): string {
  const last = ports.at(-1);
  return ports.length < 2 ? `port ${last}` : `ports ${ports.slice(0, -1).join(", ")} and ${last}`;
}
