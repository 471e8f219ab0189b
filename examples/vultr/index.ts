import { Instance } from "@ediri/vultr/instance";
import { SendingIp } from "pulumi-fcrdns";
import { vultr, vultrDns } from "pulumi-fcrdns/vultr";

const server = new Instance("mta", { region: "ewr", plan: "vc2-1c-1gb", osId: 2136, enableIpv6: true });

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // Reserved addresses outlive the instance. A PTR at Vultr takes 6 to 12 hours to be live.
  cloud: vultr({ instance: server.id, create: { region: "ewr" } }),
  dns: vultrDns({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
