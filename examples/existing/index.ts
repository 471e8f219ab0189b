import { SendingIp } from "pulumi-fcrdns";
import { existing } from "pulumi-fcrdns/clouds/existing";
import { route53 } from "pulumi-fcrdns/dns/route53";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // What to set at the provider is printed; `verified` waits until it is there.
  cloud: existing({ address: "203.0.113.25", provider: "RackNerd" }),
  dns: route53({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
