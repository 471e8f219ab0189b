/** Large stacks are read in time, whatever their resources name. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stackMail } from "../../../../providers/internal/stack/stack-mail";
import type { StackResource } from "../../../../providers/internal/stack/stack-resource";
import { awsRule, everywhere } from "./given-stack";

const of = (type: string, name: string, properties: Record<string, unknown>): StackResource => ({
  type,
  urn: `urn:pulumi:prod::mail::${type}::${name}`,
  id: String(properties.id ?? name),
  properties,
});
const ip = (net: number, index: number) => `${net}.7.${index >> 8}.${index & 255}`;
const count = (length: number) => Array.from({ length }, (_, index) => index);

const stacks: Readonly<Record<string, readonly StackResource[]>> = {
  "hosts and firewalls that all apply to all": count(2500).flatMap((i) => [
    of("gcp:compute/instance:Instance", `i${i}`, {
      tags: ["all", `t${i}`],
      networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: ip(34, i) }] }],
    }),
    of("gcp:compute/firewall:Firewall", `f${i}`, {
      network: "default",
      allows: [{ protocol: "tcp", ports: ["25"] }],
      sourceRanges: everywhere,
      targetTags: [i % 2 === 0 ? "all" : `t${i}`],
    }),
  ]),
  "hosts of one security group, rules and NAT gateways of one route table": [
    of("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", { subnetId: "subnet-1", routeTableId: "rtb-1" }),
    ...count(1250).flatMap((i) => [
      of("aws:ec2/instance:Instance", `mail${i}`, { subnetId: "subnet-1", vpcSecurityGroupIds: ["sg-1"] }),
      of("aws:ec2/securityGroupRule:SecurityGroupRule", `r${i}`, {
        ...awsRule(25),
        type: "ingress",
        securityGroupId: "sg-1",
      }),
      of("aws:ec2/natGateway:NatGateway", `nat-${i}`, { publicIp: ip(35, i) }),
      of("aws:ec2/route:Route", `route${i}`, { routeTableId: "rtb-1", natGatewayId: `nat-${i}` }),
    ]),
  ],
};

describe("a stack of 5,000 resources", () => {
  for (const [what, resources] of Object.entries(stacks)) {
    it(`is read in less than 5 s of CPU: ${what}`, () => {
      const start = process.cpuUsage();
      const { unset } = stackMail(resources);
      const { user, system } = process.cpuUsage(start);
      assert.ok(unset.length >= 1250);
      assert.ok(user + system < 5_000_000, `${(user + system) / 1e6} s`);
    });
  }
});
