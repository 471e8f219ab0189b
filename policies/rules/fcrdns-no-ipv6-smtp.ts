import { soundsLikeMail } from "../../providers/internal/stack/mail-use";
import { unversionedType } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

const DIGITALOCEAN_IPV6 = ["digitalocean:index/droplet:Droplet", "digitalocean:index/reservedIpv6:ReservedIpv6"];

export const noIpv6Smtp = rule({
  name: "fcrdns-no-ipv6-smtp",
  requirement: "A mail host has no AAAA where the cloud lets no SMTP out over IPv6.",
  severity: "medium",
  level: "advisory",
  cause: "A mail host on DigitalOcean has an AAAA record.",
  explanation:
    "DigitalOcean blocks SMTP over IPv6 in its network: the server tries it, waits and falls back, and mail to it over IPv6 is lost.",
  fix: "Remove the AAAA record and let the mail server use IPv4 only.",
  source: "https://docs.digitalocean.com/products/networking/ipv6/details/limits/",
  preview: "yes",
  check({ stack }) {
    const { addresses, exchangers } = stack.records;
    const held = new Set(
      stack.held.filter(({ type }) => DIGITALOCEAN_IPV6.includes(unversionedType(type))).map(({ ip }) => ip),
    );
    const senders = [
      ...stack.sending,
      ...stack.possible.filter(({ hostname }) => hostname !== null && soundsLikeMail(hostname)),
    ];
    const onDigitalOcean = new Set(
      senders.filter(({ cloud }) => cloud === "digitalocean").map(({ hostname }) => hostname),
    );
    const mailHosts = new Set([
      ...senders.map(({ hostname }) => hostname),
      ...exchangers.map(({ exchange }) => exchange),
    ]);
    return addresses.flatMap((record) => {
      if (record.family !== 6 || record.owner === null || !mailHosts.has(record.owner)) return [];
      if (!onDigitalOcean.has(record.owner) && !held.has(record.ip ?? "")) return [];
      return [
        {
          urn: record.urn,
          ip: record.ip,
          message: `${displayName(record)} gives the mail host ${record.owner} an IPv6 address at DigitalOcean, from where no mail gets out.`,
        },
      ];
    });
  },
});
