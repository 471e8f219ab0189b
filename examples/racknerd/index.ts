import { SendingIp } from "pulumi-fcrdns";
import { cloudflare } from "pulumi-fcrdns/cloudflare";
import { racknerd } from "pulumi-fcrdns/racknerd";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  cloud: racknerd({ addresses: ["203.0.113.7"] }),
  dns: cloudflare({ zone: "example.com" }),
});

// The ticket to send is in here, as soon as the A record is there to be seen; `pulumi stack output endpoints` shows it.
export const endpoints = mail.endpoints;
