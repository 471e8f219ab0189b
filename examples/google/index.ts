import { Instance } from "@pulumi/gcp/compute/instance";
import { SendingIp } from "pulumi-fcrdns";
import { accessConfig, cloudDns, google } from "pulumi-fcrdns/google";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  cloud: google({ region: "europe-west1", instance: "mine" }),
  dns: cloudDns({ zone: "example.com" }),
});

// The PTR is a field of the machine's network interface. Google wants proof that example.com is yours.
new Instance("mta", {
  zone: "europe-west1-b",
  machineType: "e2-small",
  bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
  networkInterfaces: [{ network: "default", accessConfigs: [accessConfig(mail)] }],
});

export const endpoints = mail.endpoints;
export const verified = mail.verified;
