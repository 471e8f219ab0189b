import type { PrimaryIp } from "@pulumi/hcloud/primaryIp";
import { Server } from "@pulumi/hcloud/server";
import * as pulumi from "@pulumi/pulumi";
import { publishMailRecords, SendingIp } from "pulumi-fcrdns";
import { hetzner, hetznerDns } from "pulumi-fcrdns/hetzner";
import { cloudConfig } from "./cloud-config";

const location = "fsn1";
const dns = hetznerDns({ zone: "example.com" });

// A primary IPv4 and a /64, assigned to no server yet.
const mail = new SendingIp("mail", { hostname: "mail.example.com", cloud: hetzner({ location }), dns, protect: true });
const { v4, v6 } = mail.nodes.address as { readonly v4: PrimaryIp; readonly v6: PrimaryIp };

// Known only when the round trip holds, and so is the user data: the server does not exist before, and sends nothing.
const mainCf = mail.mtaConfig("postfix").apply(([file]) => file?.text ?? "");
new Server("mta", {
  serverType: "cx23",
  image: "debian-13",
  location,
  publicNets: [{ ipv4: v4.id.apply(Number), ipv6: v6.id.apply(Number) }],
  userData: pulumi.all([mail.hostname, mainCf]).apply(([hostname, text]) => cloudConfig(hostname, text)),
});

publishMailRecords("mail", dns, mail.verified);

export const endpoints = mail.endpoints;
