import type * as pulumi from "@pulumi/pulumi";
import { Server } from "@pulumiverse/scaleway/instance/server";
import { SendingIp } from "pulumi-fcrdns";
import { scaleway, scalewayDns } from "pulumi-fcrdns/scaleway";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  cloud: scaleway({ create: { zone: "fr-par-1" } }),
  dns: scalewayDns({ zone: "example.com" }),
});

const ipIds = Object.values(mail.nodes.address).map((address) => (address as pulumi.CustomResource).id);
export const server = new Server("mta", { type: "DEV1-S", image: "debian_bookworm", zone: "fr-par-1", ipIds }).id;
export const endpoints = mail.endpoints;
export const verified = mail.verified;
