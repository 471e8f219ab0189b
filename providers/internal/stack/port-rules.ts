/** What firewalls say of the ports that mail uses, whichever provider's they are. */
import type { PortRuleFacts } from "../../stack-facts";
import { factsOf } from "./known-resources";
import type { RelatedResources } from "./related-resource";
import { objectsAt, type StackResource, textAt, textsAt, valuesAt } from "./stack-resource";

/** SMTP between servers, and its two ways of submission (RFC 8314). */
export const MAIL_PORTS = [25, 465, 587] as const;
export type MailPort = (typeof MAIL_PORTS)[number];

export interface PortRule {
  readonly direction: "in" | "out";
  /** The mail ports that it names: a rule about every port names none. */
  readonly named: readonly MailPort[];
  /** Whether port 25 is among its ports, named or not. */
  readonly has25: boolean;
  readonly denies: boolean;
  /** The lowest wins; absent: not said. */
  readonly priority?: number;
  /** Families of which any address of the Internet may be at the other end. */
  readonly families: readonly (4 | 6)[];
  /** Firewalls whose hosts are at the other end, by id; `resource` is where the ids stand. */
  readonly groups: readonly string[];
}

/** The rules of one resource; about other protocols than TCP there are none. */
export function portRules(resource: StackResource, related: RelatedResources): readonly PortRule[] {
  return (factsOf(resource)?.network?.rules ?? []).flatMap((row) => {
    const items =
      row.list === undefined
        ? [resource.properties]
        : objectsAt(resource.properties, row.list).map((item) => ({ ...resource.properties, ...item }));
    return items.flatMap((item) => portRule(item, row, resource, related) ?? []);
  });
}

function portRule(
  item: Readonly<Record<string, unknown>>,
  row: PortRuleFacts,
  resource: StackResource,
  related: RelatedResources,
): PortRule | undefined {
  const direction = directionOf(item, row.direction);
  const protocol = row.protocol === undefined ? "tcp" : (textAt(item, row.protocol) ?? "tcp");
  if (direction === undefined || !/^(?:tcp|6|all|any|-1|\*)$/i.test(protocol) || item.disabled === true) {
    return undefined;
  }
  const ranges = rangesOf(item, row.ports);
  const named = MAIL_PORTS.filter((port) =>
    ranges.some(({ from, to }) => from <= port && port <= to && to - from < WIDE),
  );
  const priority = row.priority === undefined ? undefined : Number(textAt(item, row.priority) ?? Number.NaN);
  const denies =
    row.denies === true ||
    (row.denies !== undefined && /^(?:deny|drop|block|reject)/i.test(textAt(item, row.denies) ?? ""));
  return {
    direction,
    named,
    has25: ranges.some(({ from, to }) => from <= 25 && 25 <= to),
    denies,
    ...(priority !== undefined && Number.isFinite(priority) && { priority }),
    families: familiesOf(item, direction, row, resource, related),
    groups: (row.peerGroups ?? []).flatMap((path) => textsAt(item, path)),
  };
}

function directionOf(item: Readonly<Record<string, unknown>>, path: string): "in" | "out" | undefined {
  const word = path === "in" || path === "out" ? path : (textAt(item, path) ?? "in");
  if (/^in/i.test(word)) return "in";
  return /^(?:out|eg)/i.test(word) ? "out" : undefined;
}

/** Whoever permits as many ports as this means all of them, and not mail. */
const WIDE = 1000;

interface Range {
  readonly from: number;
  readonly to: number;
}

const EVERY_PORT: Range = { from: 0, to: 65_535 };

function rangesOf(item: Readonly<Record<string, unknown>>, ports: PortRuleFacts["ports"]): readonly Range[] {
  if ("from" in ports) {
    const [from, to] = [textAt(item, ports.from), textAt(item, ports.to)].map(Number);
    if (from === undefined || Number.isNaN(from) || from < 0) return [EVERY_PORT];
    // 0 to 0 stands for every port where the protocol stands for every one.
    if (from === 0 && (to === 0 || to === undefined || Number.isNaN(to))) return [EVERY_PORT];
    return [{ from, to: to === undefined || Number.isNaN(to) ? from : to }];
  }
  const texts = ports.flatMap((path) => textsAt(item, path)).flatMap((text) => text.slice(0, 2000).split(/[,\s]+/));
  if (texts.every((text) => text === "")) return [EVERY_PORT];
  return texts.flatMap((text) => {
    if (/^(?:\*|all|any|0|-1|-1\/-1)$/i.test(text)) return [EVERY_PORT];
    const match = /^(\d{1,5})(?:[-:/](\d{1,5}))?$/.exec(text);
    return match === null ? [] : [{ from: Number(match[1]), to: Number(match[2] ?? match[1]) }];
  });
}

function familiesOf(
  item: Readonly<Record<string, unknown>>,
  direction: PortRule["direction"],
  { peers = [], otherPeers = [], isPublic }: PortRuleFacts,
  resource: StackResource,
  related: RelatedResources,
): readonly (4 | 6)[] {
  if (isPublic !== undefined) return isPublic(resource, related) ? [4, 6] : [];
  const given = ("in" in peers ? peers[direction] : peers).flatMap((path) => textsAt(item, path));
  const others = otherPeers.some((path) =>
    valuesAt(item, path).some((value) => (Array.isArray(value) ? value.length > 0 : value !== "" && value !== false)),
  );
  if (given.length === 0) return others ? [] : [4, 6];
  const found = new Set(given.flatMap(internetIn));
  return ([4, 6] as const).filter((family) => found.has(family));
}

/** The families of which a network holds the Internet, or a half or a sixteenth of it. */
function internetIn(text: string): readonly (4 | 6)[] {
  if (/^(?:\*|any|all|internet)$/i.test(text)) return [4, 6];
  if (/^0\.0\.0\.0$|^\d+\.\d+\.\d+\.\d+\/[0-4]$/.test(text)) return [4];
  return /^::$|^[0-9a-f:]+\/[0-4]$/i.test(text) ? [6] : [];
}
