import { Server } from "@pulumi/hcloud/server";
import { publishMailRecords, SendingIp } from "pulumi-fcrdns";
import { hetzner, hetznerDns } from "pulumi-fcrdns/hetzner";

const server = new Server("mta", { serverType: "cx23", image: "debian-13", location: "fsn1" });
const dns = hetznerDns({ zone: "example.com" });

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // A primary IPv4 and a /64, assigned to the server and outliving it.
  cloud: hetzner({ assignTo: server.id.apply(Number) }),
  dns,
  protect: true,
});

// Neither MX nor SPF exists before the round trip holds.
publishMailRecords("mail", dns, mail.verified);

export const endpoints = mail.endpoints;
