import { SendingIp } from "pulumi-fcrdns";
import { azure } from "pulumi-fcrdns/azure";
import { cloudflare } from "pulumi-fcrdns/cloudflare";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // A static address in a resource group that exists; its PTR is set once Azure can see the A record.
  cloud: azure({ create: { resourceGroupName: "mail", location: "westeurope", tags: { team: "mail" } } }),
  dns: cloudflare({ zone: "example.com" }),
  protect: true,
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
