import { cloudProvider, providers } from "../../providers/find-provider";
import { knownResource } from "../../providers/internal/stack/known-resources";
import { soundsLikeMail } from "../../providers/internal/stack/mail-word";
import type { SendingAddress } from "../../providers/internal/stack/sending-addresses";
import type { ProviderFacts } from "../../providers/provider";
import { rule } from "../rule";
import { displayName } from "../stack-view";

const closed = providers.filter(({ stack }) => stack?.noSmtpOverIpv6 !== undefined);
const titles = closed.map(titleOf).join(", ");

export const noIpv6Smtp = rule({
  name: "fcrdns-no-ipv6-smtp",
  requirement: "A mail host has no AAAA if the cloud blocks outgoing SMTP over IPv6.",
  severity: "medium",
  level: "advisory",
  order: 130,
  cause: `A mail host has an AAAA record at a cloud that blocks outgoing SMTP over IPv6: ${titles}.`,
  explanation: "The server tries IPv6, waits for the time-out and falls back to IPv4; mail to it over IPv6 is lost.",
  fix: "Remove the AAAA record and let the mail server use IPv4 only.",
  source: closed.map(({ stack }) => stack?.noSmtpOverIpv6?.source).join("; "),
  preview: "yes",
  check({ stack }) {
    const { exchangers } = stack.records;
    const held = new Map(stack.held.map(({ ip, type }) => [ip, knownResource(type)?.provider]));
    const senders = [
      ...stack.sending,
      ...stack.possible.filter(({ hostname }) => hostname !== null && soundsLikeMail(hostname)),
    ];
    const at = new Map(senders.map((each) => [each.hostname, providerOf(each)]));
    const mailHosts = new Set([
      ...senders.map(({ hostname }) => hostname),
      ...exchangers.map(({ exchange }) => exchange),
    ]);
    const found = [...mailHosts].flatMap((name) => (name === null ? [] : stack.recordsOf(name)));
    return found.flatMap((record) => {
      if (record.family !== 6 || record.owner === null) return [];
      const provider = [at.get(record.owner), held.get(record.ip ?? "")].find((each) => each && closed.includes(each));
      if (provider === undefined) return [];
      return [
        {
          urn: record.urn,
          ip: record.ip,
          message: `${displayName(record)} gives the mail host ${record.owner} an IPv6 address at ${titleOf(provider)}, which blocks outgoing mail over IPv6.`,
        },
      ];
    });
  },
});

/** The provider of an address: by the cloud's name for a `SendingIp`, otherwise by the type of the resource. */
function providerOf({ cloud, type }: SendingAddress): ProviderFacts | undefined {
  return cloudProvider(cloud) ?? knownResource(type)?.provider;
}

function titleOf({ cloud, name }: ProviderFacts): string {
  return cloud?.capabilities.title ?? name;
}
