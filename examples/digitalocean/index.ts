import { SendingIp } from "pulumi-fcrdns";
import { digitalocean, digitaloceanDns } from "pulumi-fcrdns/digitalocean";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // The droplet is named mail.example.com, and that name is its PTR. IPv4 only: SMTP over IPv6 is blocked there.
  cloud: digitalocean({ create: { region: "ams3", size: "s-1vcpu-2gb", tags: ["mta"] } }),
  dns: digitaloceanDns({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
