import type { CloudCapabilities, Family } from "../../cloud";
import { describeCloud, type ReverseFacts } from "../../provider";
import type { TicketProvider } from "./ticket-provider";

/** What is known of a provider that sets PTRs by hand, as of any other cloud. */
export function ticketCapabilities(provider: TicketProvider): CloudCapabilities {
  const { title, port25, sources } = provider;
  const ofFamily = (family: Family): ReverseFacts => ({
    how: provider.families.includes(family) ? "ticket" : "none",
    checksForward: provider.checksForward ?? "unknown",
    afterDelete: "nothing-happens",
    expectedLagMinutes: 24 * 60,
    nameRules: { ...provider.nameRules, lowerCase: false },
    genericDefault: provider.genericDefault ?? null,
    stableObject: provider.stableObject ?? "the address",
    advice: provider.families.includes(family)
      ? `The PTR is set by ticket (${provider.turnaround}). ${sentence(provider.release)}`
      : `${title} sets no PTR for IPv${family} addresses: set ipv6: false and let the MTA send over IPv4 only.`,
    sources,
  });
  return describeCloud({
    title,
    reverse: { 4: ofFamily(4), 6: ofFamily(6) },
    port25: {
      policy: port25?.policy ?? "unknown",
      advice: port25?.advice ?? 'Not known; ask { kind: "ptr+port25" } asks for it in the same ticket.',
      sources,
    },
    smtpOverIpv6: true,
    ...(provider.nat && { nat: provider.nat }),
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
