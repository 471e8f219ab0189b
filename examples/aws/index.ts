import { EipAssociation } from "@pulumi/aws/ec2/eipAssociation";
import { Instance } from "@pulumi/aws/ec2/instance";
import { SendingIp } from "pulumi-fcrdns";
import { aws, route53 } from "pulumi-fcrdns/aws";

const mail = new SendingIp("mail", {
  hostname: "mail.example.com",
  // EC2 takes the PTR only once it sees the A record; the PTR waits for it.
  cloud: aws(),
  dns: route53({ zone: "example.com" }),
});

const server = new Instance("mta", { ami: "ami-0123456789abcdef0", instanceType: "t4g.small" });
new EipAssociation("mta", { instanceId: server.id, publicIp: mail.endpoints.apply(([v4]) => v4?.address ?? "") });

export const endpoints = mail.endpoints;
export const verified = mail.verified;
