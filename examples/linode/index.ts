import { Instance } from "@pulumi/linode/instance";
import { SendingIp } from "pulumi-fcrdns";
import { linode, linodeDns } from "pulumi-fcrdns/linode";

const server = new Instance("mta", { region: "eu-central", type: "g6-standard-1", image: "linode/debian12" });

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // A reserved IPv4 address and a /64 of IPv6, both routed to the Linode.
  cloud: linode({ create: { linode: server.id.apply(Number) } }),
  dns: linodeDns({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
