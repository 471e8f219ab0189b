import { SendingIpPool } from "pulumi-fcrdns";
import { hetzner, hetznerDns } from "pulumi-fcrdns/hetzner";

const mta = new SendingIpPool("mta", {
  hostnames: "mta{n}.example.com",
  count: 10,
  cloud: hetzner({ location: "nbg1" }),
  dns: hetznerDns({ zone: "example.com" }),
  ipv6: false,
});

export const endpoints = mta.endpoints;
