import { SendingIp } from "pulumi-fcrdns";
import { hetzner } from "pulumi-fcrdns/hetzner";
import { manual } from "pulumi-fcrdns/manual";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  cloud: hetzner(),
  // What to enter is printed in Namecheap's own words; the run goes on when it is there.
  dns: manual({ zone: "example.com", panel: "namecheap" }),
});

export const endpoints = mail.endpoints;
export const manualSteps = mail.manualSteps;
