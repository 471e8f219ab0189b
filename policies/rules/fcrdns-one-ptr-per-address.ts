import { forTerminal } from "../../fcrdns/report/escape";
import { knownResources } from "../../providers/internal/stack/known-resources";
import { type StackResource, textAt } from "../../providers/internal/stack/stack-resource";
import { rule, type Violation } from "../rule";
import { displayName, type StackView } from "../stack-view";

const overwriting = knownResources.filter(({ facts }) => facts.overwrites !== undefined);

export const onePtrPerAddress = rule({
  name: "fcrdns-one-ptr-per-address",
  requirement: "An address has one PTR, set by one resource.",
  severity: "high",
  level: "mandatory",
  order: 80,
  cause: "Several resources, or several values, set the PTR of one address.",
  explanation:
    "At a cloud, the last one to run wins, and deleting either one erases the PTR. In a zone, several PTR records pass if each one confirms; receivers may use any of them, so this is only advisory.",
  fix: "Keep the resource with the server's EHLO name and remove the others.",
  source: ["RFC 1912 section 2.1", ...overwriting.map(({ facts }) => facts.overwrites?.source)].join("; "),
  preview: "yes",
  check: ({ stack }) => [
    ...severalNames(stack),
    ...overwriting.flatMap(({ type, facts }) => overwritten(stack.ofType(type), facts.overwrites?.property ?? "")),
  ],
});

function severalNames({ sending, sendingFrom }: StackView): readonly Violation[] {
  const ips = new Set(sending.map(({ ip }) => ip).filter((ip) => ip !== null));
  return [...ips].flatMap((ip): readonly Violation[] => {
    const claims = sendingFrom(ip);
    const names = [...new Set(claims.map(({ hostname }) => hostname))];
    const resources = [...new Set(claims.map(displayName))];
    const [first, second] = claims;
    if (first === undefined || second === undefined || (names.length === 1 && resources.length === 1)) return [];
    const who = listed(resources, " and ");
    if (names.length > 1 && !names.includes(null)) {
      const message = `${ip} gets several PTRs (${listed(names.map(String), ", ")}) from ${who}.`;
      // One record set with several values: each may confirm, and the round trip says so if one does not.
      return [{ urn: second.urn, ip, message, ...(resources.length === 1 && { level: "advisory" }) }];
    }
    // The same name twice works until one of the two is removed.
    return resources.length === 1
      ? []
      : [
          {
            urn: second.urn,
            ip,
            level: "advisory",
            message: `The PTR of ${ip} is set by ${who}: removing one erases it for both.`,
          },
        ];
  });
}

function listed(texts: readonly string[], between: string): string {
  return texts.length > 10 ? `${texts.slice(0, 10).join(between)} and ${texts.length - 10} more` : texts.join(between);
}

/** Resources that point to one and the same thing, all of whose PTRs each of them sets. */
function overwritten(resources: readonly StackResource[], pointer: string): readonly Violation[] {
  const idOf = ({ properties }: StackResource) => textAt(properties, pointer);
  const ids = new Set(resources.map(idOf).filter((id) => id !== undefined));
  return [...ids].flatMap((id) => {
    const group = resources.filter((each) => idOf(each) === id);
    const last = group.at(-1);
    return last === undefined || group.length < 2
      ? []
      : [
          {
            urn: last.urn,
            message: `${listed(group.map(displayName), " and ")} set PTRs of ${forTerminal(id.slice(0, 200))}: each overwrites the other's.`,
          },
        ];
  });
}
