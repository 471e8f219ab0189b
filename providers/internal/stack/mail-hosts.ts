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
import { type MailPort, type PortRule, portRules } from "./port-rules";
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
  /** URNs of the hosts that send by it. */
  readonly hosts: readonly string[];
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
  /** Only what stands around it suggests mail: enough for a host behind a NAT gateway, not for an address of its own. */
  readonly weak: boolean;
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
  const found = new Map<string, HostAddress>();
  for (const host of hosts) {
    const isNamed = sources.has(host.urn) || idsOf(host).some((id) => ips.has(id));
    const mail = mailHost(host, firewalls.of(host), hasOwnMail, isNamed);
    if (mail === undefined) continue;
    const own = ownAddresses(host, graph);
    const mayHaveOwn = own.some(({ ip }) => !ip.includes(":")) || isAddressUnknown(host);
    const noIpv6 = knownResource(host.type)?.provider?.stack?.noSmtpOverIpv6 !== undefined;
    const addresses: readonly Omit<HostAddress, "level" | "hosts">[] = mayHaveOwn
      ? own
          .filter(({ ip }) => !mail.weak && mail.families.includes(ip.includes(":") ? 6 : 4))
          .filter(({ ip }) => !(noIpv6 && ip.includes(":")))
          .map((address) => ({ ...address, reasons: mail.reasons, nat: false }))
      : gatewayAddresses(host, graph).map((address) => ({
          ...address,
          reasons: [`it is the NAT gateway of the ${address.place} of ${shownHost(host)}`, ...mail.reasons],
          nat: true,
        }));
    for (const { ip, urn, type, reasons, nat } of addresses) {
      const key = `${ip} ${urn}`;
      const known = found.get(key);
      found.set(key, {
        ip,
        urn,
        type,
        nat,
        reasons: [...new Set([...(known?.reasons ?? []), ...reasons])],
        level: known?.level === "mandatory" ? "mandatory" : mail.level,
        hosts: [...(known?.hosts ?? []), host.urn],
      });
    }
  }
  return [...found.values()];
}

function mailHost(
  host: StackResource,
  rules: readonly AppliedRule[],
  hasOwnMail: boolean,
  isNamed: boolean,
): MailHost | undefined {
  if (isBlocked(rules)) return undefined;
  const name = shownHost(host);
  const permitted = (direction: "in" | "out", isPublic: boolean) => {
    const some = rules.filter(
      (rule) =>
        rule.direction === direction && !rule.denies && rule.families.length > 0 === isPublic && !isDenied(rule, rules),
    );
    const ports = [...new Set(some.flatMap(({ named }) => named))].sort((a, b) => a - b);
    return { some: some.filter(({ named }) => named.length > 0), ports };
  };
  const out = permitted("out", true);
  const into = permitted("in", true);
  const submission = into.ports.some((port) => port !== 25);
  const sends = out.ports.includes(25);
  const relevant = [...(sends ? out.some.filter(({ named }) => named.includes(25)) : []), ...into.some];
  const families = ([4, 6] as const).filter((family) => relevant.some((rule) => rule.families.includes(family)));
  const reasons = [
    ...(sends ? [`${titleOf(out.some)} permits ${name} ${portsText([25])} out`] : []),
    ...(into.ports.length > 0 ? [`${titleOf(into.some)} permits ${name} ${portsText(into.ports)} in`] : []),
  ];
  if (reasons.length > 0) {
    const level = sends || submission || hasOwnMail ? "mandatory" : "advisory";
    return { host, reasons, level, families, weak: false };
  }
  const inside = permitted("in", false);
  const hints = [
    ...(isNamed ? [`an MX or SPF record names ${name}`] : []),
    ...(inside.ports.length > 0 ? [`${titleOf(inside.some)} permits ${name} ${portsText(inside.ports)} in`] : []),
    ...(namesOf(host).some(soundsLikeMail) ? [`${name} has the name of a mail server`] : []),
  ];
  if (!hasOwnMail || hints.length === 0) return undefined;
  return { host, reasons: hints.slice(0, 1), level: "mandatory", families: [], weak: true };
}

/** Whether no mail reaches its receivers: port 25 out is denied, or left out where the rest is blocked. */
function isBlocked(rules: readonly AppliedRule[]): boolean {
  const out = rules.filter(({ direction }) => direction === "out");
  const permits = out.filter((rule) => !rule.denies && rule.has25 && rule.families.length > 0);
  const isClosed = out.some(({ closed }) => closed);
  if (isClosed && permits.length === 0) return true;
  const denials = out.filter(({ denies, named, families }) => denies && named.includes(25) && families.length > 0);
  return denials.length > 0 && !permits.some((rule) => rule.named.includes(25) && !isDenied(rule, rules));
}

/** Whether another rule that names the port wins over this one. */
function isDenied(rule: PortRule, rules: readonly AppliedRule[]): boolean {
  return rules.some(
    (other) =>
      other.denies &&
      other.direction === rule.direction &&
      other.families.length > 0 &&
      rule.named.some((port) => other.named.includes(port)) &&
      !(rule.priority !== undefined && other.priority !== undefined && rule.priority < other.priority),
  );
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
  readonly #byLabel: readonly StackResource[];

  public constructor(graph: NetworkGraph, related: RelatedResources) {
    this.#graph = graph;
    this.#related = related;
    this.#byLabel = graph
      .ofRole("firewall")
      .filter((each) => networkFacts(each)?.appliesTo !== undefined && this.#whole(each.urn).length > 0);
  }

  public of(host: StackResource): readonly AppliedRule[] {
    const direct = this.#graph.reached([host.urn], ["interface", "association"], ["firewall"]);
    const subnets = this.#graph.reached([host.urn], ["interface", "association"], ["subnet"]);
    const around = this.#graph.reached(subnets, ["association"], ["firewall"]);
    const labelled = this.#byLabel.filter((each) => appliesTo(each, host));
    const all = new Set([...direct, ...around, ...labelled.map(({ urn }) => urn)]);
    return [...all].flatMap((key) => this.#whole(key));
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

function appliesTo(firewall: StackResource, host: StackResource): boolean {
  const applies = networkFacts(firewall)?.appliesTo;
  return applies === "kubernetes" ? networkFacts(host)?.kubernetes === true : applies?.(firewall, host) === true;
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

/** The addresses of the NAT gateways that a host without a public address leaves by. */
function gatewayAddresses(host: StackResource, graph: NetworkGraph): readonly GatewayAddress[] {
  const near: readonly NetworkRole[] = ["interface", "association"];
  const joined = graph.reached([host.urn], near, ["network"]);
  const subnets = graph.reached([host.urn], near, ["subnet"]);
  const places = subnets.length > 0 ? subnets : graph.reached(joined, [], ["subnet"]);
  const networks = subnets.length > 0 ? graph.reached(subnets, [], ["network"]) : joined;
  const direct = gatewaysOf(places, graph);
  // What a subnet says for itself counts before what is said for its whole network.
  const hasRoutes = graph.reached(subnets, ["association"], ["routes"]).length > 0;
  const inNetwork = direct.length > 0 || hasRoutes ? [] : gatewaysOf(networks, graph, places, false);
  const hasOtherRoutes = graph.reached(networks, ["association"], ["routes"]).length > 0;
  const found =
    direct.length > 0 || hasRoutes || inNetwork.length > 0 || hasOtherRoutes
      ? [...direct, ...inNetwork]
      : gatewaysNear(places, networks, graph);
  const place = direct.length > 0 || hasRoutes ? "subnet" : "network";
  return found.flatMap((gateway): GatewayAddress[] => {
    const lenders = graph.resources(graph.reached([gateway.urn], ["association"], ["address", "association"]));
    const lent = heldAddresses(lenders);
    const known = new Set(lent.map(({ ip }) => ip));
    const all = [...lent, ...heldAddresses([gateway]).filter(({ ip }) => !known.has(ip))]
      .filter(({ ip }) => inPrivateUse(ip) === undefined)
      .map(({ ip, urn, type }): GatewayAddress => ({ ip, urn, type, place }));
    const once = [...new Map(all.toReversed().map((each) => [each.ip, each])).values()].reverse();
    return once.length > 0 ? once : [{ ip: null, urn: gateway.urn, type: gateway.type, place }];
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

function titleOf(rules: readonly AppliedRule[]): string {
  return rules[0]?.title ?? "a firewall rule";
}

function portsText(ports: readonly MailPort[]): string {
  const last = ports.at(-1);
  return ports.length < 2 ? `port ${last}` : `ports ${ports.slice(0, -1).join(", ")} and ${last}`;
}
