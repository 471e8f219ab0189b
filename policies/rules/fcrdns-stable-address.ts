import { factsOf, knownResources } from "../../providers/internal/stack/known-resources";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import type { StackResource } from "../../providers/internal/stack/stack-resource";
import { rule, type Violation } from "../rule";
import { displayName, type StackView } from "../stack-view";

const sources = new Set(
  knownResources.flatMap(({ facts }) => [facts.unstable ?? [], facts.machine ?? []].flat().map(({ source }) => source)),
);

export const stableAddress = rule({
  name: "fcrdns-stable-address",
  requirement: "Mail is sent from an address that outlives the machine.",
  severity: "medium",
  level: "advisory",
  order: 120,
  cause: "The PTR belongs to an address that is released with the server, although the cloud has separate addresses.",
  explanation:
    "The reputation of a sending address takes weeks to build. Rebuilding the server loses its own address, with its PTR.",
  fix: "Use what the violation suggests: a primary IP with autoDelete off, a static or reserved address.",
  source: [...sources].join("; "),
  preview: "yes",
  check: ({ stack }) => [
    ...knownResources.flatMap(({ type, facts }) =>
      facts.unstable === undefined ? [] : stack.ofType(type).flatMap((resource) => unstable(resource, stack)),
    ),
    ...heldByMachine(stack),
  ],
});

function unstable(resource: StackResource, { related }: StackView): readonly Violation[] {
  return (factsOf(resource)?.unstable?.find(resource, related) ?? []).map(({ ip = null, why }) => ({
    urn: resource.urn,
    ip,
    message: `${displayName(resource)} ${why}.`,
  }));
}

/** Sending addresses that a machine of the stack holds, without a separate resource. */
function heldByMachine(stack: StackView): readonly Violation[] {
  const once = new Map(stack.sending.map((address): [string | null, SendingAddress] => [address.ip, address]));
  return [...once.values()].flatMap((address) => {
    const holders = stack.held.filter(({ ip }) => ip === address.ip).flatMap(({ urn }) => stack.related.at(urn) ?? []);
    const machine = holders.find((holder) => factsOf(holder)?.machine !== undefined);
    if (machine === undefined || holders.some((holder) => factsOf(holder)?.outlivesMachine?.(holder))) return [];
    return [
      {
        urn: address.urn,
        ip: address.ip,
        message: `${address.ip} belongs to ${displayName(machine)} and is released with it: use ${factsOf(machine)?.machine?.instead}.`,
      },
    ];
  });
}
