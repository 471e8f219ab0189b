import { SendingIp } from "pulumi-fcrdns";
import { gandi } from "pulumi-fcrdns/gandi";
import { ownZone } from "pulumi-fcrdns/own-zone";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  cloud: ownZone({
    address: "203.0.113.42",
    // As the parent zone named the part of its /24 that it delegated.
    dns: gandi({ zone: "40/29.113.0.203.in-addr.arpa" }),
    ipv6: { address: "2001:db8:1::25", dns: gandi({ zone: "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" }) },
  }),
  dns: gandi({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
