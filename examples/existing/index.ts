import { SendingIp } from "pulumi-fcrdns";
import { route53 } from "pulumi-fcrdns/aws";
import { existing } from "pulumi-fcrdns/existing";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // What to set at the provider is printed; `verified` waits until it is there.
  cloud: existing({ address: "203.0.113.25", provider: "RackNerd" }),
  dns: route53({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
