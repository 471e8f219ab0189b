import { SendingIp } from "pulumi-fcrdns";
import { ovh, ovhDns } from "pulumi-fcrdns/ovh";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // OVHcloud hands addresses out by order: these are the ones that the server has.
  cloud: ovh({ existing: { v4: "203.0.113.25", v6: "2001:db8:1:2::25" } }),
  dns: ovhDns({ zone: "example.com" }),
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
