/** Stacks that send no mail to its receivers, in the shapes of public programs: no address is found, and the gate is silent. */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stackMail } from "../../../../providers/internal/stack/stack-mail";
import type { StackResource } from "../../../../providers/internal/stack/stack-resource";
import { runStack } from "./gate";
import { awsRule, awsRuleTf, awsVpc, everywhere, pulumi, records, terraform } from "./given-stack";

const azureRule = (direction: string, port: string, access = "Allow") => ({
  name: `${direction}-${port}`,
  direction,
  access,
  protocol: "Tcp",
  priority: 100,
  sourceAddressPrefix: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: port,
});

const cases: Readonly<Record<string, readonly StackResource[]>> = {
  "AWS: a web service behind NAT that submits to Amazon SES at port 587": pulumi({
    ...awsVpc,
    "aws:ec2/securityGroup:SecurityGroup web": {
      id: "sg-1",
      ingress: [awsRule(443)],
      egress: [awsRule(587), awsRule(443)],
    },
    "aws:ec2/instance:Instance web": { id: "i-1", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "AWS by Terraform: a relay for its own network, which submits at port 587": terraform({
    "aws_security_group.smtp": {
      id: "sg-1",
      ingress: [{ ...awsRuleTf(25, []), self: true }],
      egress: [awsRuleTf(587)],
    },
    "aws_instance.smtp": { id: "i-1", subnet_id: "s-1", vpc_security_group_ids: ["sg-1"], tags: { Name: "smtp" } },
    "aws_nat_gateway.nat": { id: "nat-1", public_ip: "192.0.2.9" },
    "aws_route_table.private": { id: "rtb-1", route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-1" }] },
    "aws_route_table_association.private": { subnet_id: "s-1", route_table_id: "rtb-1" },
  }),
  "AWS: that relay, whose domain takes its own mail elsewhere": pulumi({
    ...awsVpc,
    ...records(
      "MX example.com example-com.mail.protection.outlook.com",
      "TXT example.com v=spf1 include:amazonses.com -all",
    ),
    "aws:ec2/securityGroup:SecurityGroup relay": {
      id: "sg-1",
      ingress: [awsRule(25, ["10.0.0.0/8"])],
      egress: [awsRule("all")],
    },
    "aws:ec2/instance:Instance smtp-relay": { id: "i-1", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "AWS: a relay that may reach nothing but port 587, and a domain with an exchanger of its own": pulumi({
    ...awsVpc,
    ...records("A mx.example.com 198.51.100.1", "MX example.com mx.example.com"),
    "aws:ec2/securityGroup:SecurityGroup relay": {
      id: "sg-1",
      ingress: [awsRule(25, ["10.0.0.0/8"])],
      egress: [awsRule(587)],
    },
    "aws:ec2/instance:Instance smtp-relay": { id: "i-1", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "AWS: a bastion with an Elastic IP and every port out": pulumi({
    ...awsVpc,
    "aws:ec2/securityGroup:SecurityGroup ssh": { id: "sg-1", ingress: [awsRule(22)], egress: [awsRule("all")] },
    "aws:ec2/instance:Instance bastion": {
      id: "i-1",
      subnetId: "subnet-0public",
      vpcSecurityGroupIds: ["sg-1"],
      publicIp: "192.0.2.10",
    },
    "aws:ec2/eip:Eip bastion": { publicIp: "192.0.2.10", instance: "i-1" },
  }),
  "AWS: a web site whose mail is at Google": pulumi({
    ...awsVpc,
    ...records(
      "A example.com 192.0.2.10",
      "A www.example.com 192.0.2.10",
      "MX example.com smtp.google.com",
      "TXT example.com v=spf1 include:_spf.google.com ~all",
    ),
    "aws:ec2/eip:Eip web": { publicIp: "192.0.2.10" },
    "aws:ec2/instance:Instance mail-worker": { id: "i-1", subnetId: "subnet-0private" },
  }),
  "AWS: Kubernetes with an ingress for the web, behind NAT": pulumi({
    ...awsVpc,
    "aws:eks/nodeGroup:NodeGroup nodes": { id: "prod:nodes", subnetIds: ["subnet-0private"] },
    "kubernetes:core/v1:Service ingress": {
      spec: { type: "LoadBalancer", ports: [{ port: 80 }, { port: 443 }] },
      status: { loadBalancer: { ingress: [{ ip: "192.0.2.33" }] } },
    },
  }),
  "AWS: Kubernetes with a mail catcher that only the cluster reaches": pulumi({
    ...awsVpc,
    "aws:eks/nodeGroup:NodeGroup nodes": { id: "prod:nodes", subnetIds: ["subnet-0private"] },
    "kubernetes:core/v1:Service mailpit": { spec: { type: "ClusterIP", ports: [{ port: 25 }, { port: 1025 }] } },
    "kubernetes:core/v1:Service relay": {
      metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" } },
      spec: { type: "LoadBalancer", ports: [{ port: 25 }] },
    },
  }),
  "AWS: the endpoint of Amazon SES within the VPC": pulumi({
    ...awsVpc,
    "aws:ec2/securityGroup:SecurityGroup endpoint": {
      id: "sg-1",
      ingress: [awsRule(465, ["10.0.0.0/16"]), awsRule(587, ["10.0.0.0/16"])],
      egress: [awsRule("all")],
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint smtp": {
      id: "vpce-1",
      subnetIds: ["subnet-0private"],
      securityGroupIds: ["sg-1"],
    },
    "aws:ecs/service:Service app": { networkConfiguration: { subnets: ["subnet-0private"], securityGroups: ["sg-2"] } },
    "aws:ec2/securityGroup:SecurityGroup app": { id: "sg-2", ingress: [awsRule(8080)], egress: [awsRule("all")] },
  }),
  "AWS: a database and functions behind NAT, with 465 out": pulumi({
    ...awsVpc,
    "aws:rds/instance:Instance db": { id: "db-1", vpcSecurityGroupIds: ["sg-1"] },
    "aws:ec2/securityGroup:SecurityGroup fn": {
      id: "sg-1",
      ingress: [],
      egress: [awsRule(465), awsRule(5432, ["10.0.0.0/8"])],
    },
    "aws:lambda/function:Function mailer": {
      vpcConfig: { subnetIds: ["subnet-0private"], securityGroupIds: ["sg-1"] },
    },
  }),
  "AWS: a group of security whose port 25 nothing uses": pulumi({
    ...awsVpc,
    "aws:ec2/securityGroup:SecurityGroup old-mail": { id: "sg-9", ingress: [awsRule(25)], egress: [awsRule(25)] },
    "aws:ec2/instance:Instance web": {
      id: "i-1",
      subnetId: "subnet-0public",
      publicIp: "192.0.2.10",
      vpcSecurityGroupIds: ["sg-1"],
    },
  }),
  "AWS: ports of UDP, and all below 1024": pulumi({
    "aws:ec2/securityGroup:SecurityGroup lab": {
      id: "sg-1",
      ingress: [
        { ...awsRule(25), protocol: "udp" },
        { ...awsRule(25), fromPort: 0, toPort: 1023 },
      ],
      egress: [awsRule("all")],
    },
    "aws:ec2/instance:Instance lab": { id: "i-1", publicIp: "192.0.2.10", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "AWS: port 25 out to the relay of another network alone": pulumi({
    "aws:ec2/securityGroup:SecurityGroup app": {
      id: "sg-1",
      ingress: [awsRule(443)],
      egress: [awsRule(25, ["198.51.100.25/32"]), awsRule(443)],
    },
    "aws:ec2/instance:Instance app": { id: "i-1", publicIp: "192.0.2.10", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "AWS: mail comes in at port 25, and nothing leaves there": pulumi({
    "aws:ec2/securityGroup:SecurityGroup inbound": { id: "sg-1", ingress: [awsRule(25)], egress: [awsRule(443)] },
    "aws:ec2/instance:Instance inbound": { id: "i-1", publicIp: "192.0.2.10", vpcSecurityGroupIds: ["sg-1"] },
  }),
  "Google: GitLab that submits to a relay, behind Cloud NAT": pulumi({
    "gcp:compute/address:Address nat": { id: "projects/p/regions/r/addresses/nat", address: "192.0.2.20" },
    "gcp:compute/router:Router r": { id: "projects/p/regions/r/routers/r", name: "r", network: "default" },
    "gcp:compute/routerNat:RouterNat nat": {
      router: "r",
      natIps: ["projects/p/regions/r/addresses/nat"],
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    },
    "gcp:compute/firewall:Firewall submission": {
      network: "default",
      direction: "EGRESS",
      allows: [{ protocol: "tcp", ports: ["587"] }],
      destinationRanges: everywhere,
      targetTags: ["gitlab"],
    },
    "gcp:compute/instance:Instance gitlab": { tags: ["gitlab"], networkInterfaces: [{ network: "default" }] },
  }),
  "Google: no machine may reach port 25": pulumi({
    "gcp:compute/firewall:Firewall no-smtp": {
      network: "default",
      direction: "EGRESS",
      priority: 900,
      denies: [{ protocol: "tcp", ports: ["25"] }],
      destinationRanges: everywhere,
    },
    "gcp:compute/firewall:Firewall smtp-in": {
      network: "default",
      direction: "INGRESS",
      priority: 1000,
      allows: [{ protocol: "tcp", ports: ["25"] }],
      sourceRanges: everywhere,
    },
    "gcp:compute/instance:Instance intake": {
      networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: "192.0.2.21" }] }],
    },
  }),
  "Google: port 25 for machines with another tag, in another network, by a rule that is off": pulumi({
    "gcp:compute/firewall:Firewall tag": {
      network: "default",
      direction: "INGRESS",
      allows: [{ protocol: "tcp", ports: ["25"] }],
      sourceRanges: everywhere,
      targetTags: ["mail"],
    },
    "gcp:compute/firewall:Firewall network": {
      network: "other",
      direction: "INGRESS",
      allows: [{ protocol: "tcp", ports: ["25"] }],
      sourceRanges: everywhere,
    },
    "gcp:compute/firewall:Firewall off": {
      network: "default",
      disabled: true,
      direction: "INGRESS",
      allows: [{ protocol: "tcp", ports: ["25"] }],
      sourceRanges: everywhere,
    },
    "gcp:compute/instance:Instance web": {
      tags: ["web"],
      networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: "192.0.2.21" }] }],
    },
  }),
  "Google: Cloud NAT of another subnetwork than the mail host's, and of another region": pulumi({
    ...records("A mx.example.com 198.51.100.1", "MX example.com mx.example.com"),
    "gcp:compute/subnetwork:Subnetwork mail": {
      id: "projects/p/regions/r1/subnetworks/mail",
      region: "r1",
      network: "projects/p/global/networks/v",
    },
    "gcp:compute/router:Router r": {
      id: "projects/p/regions/r1/routers/r",
      name: "r",
      network: "projects/p/global/networks/v",
    },
    "gcp:compute/address:Address a": { id: "projects/p/regions/r1/addresses/a", address: "192.0.2.20" },
    "gcp:compute/routerNat:RouterNat listed": {
      router: "r",
      region: "r1",
      natIps: ["a"],
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: "projects/p/regions/r1/subnetworks/web" }],
    },
    "gcp:compute/routerNat:RouterNat elsewhere": {
      router: "r",
      region: "r2",
      natIps: ["a"],
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    },
    "gcp:compute/instance:Instance mail-1": {
      networkInterfaces: [{ subnetwork: "projects/p/regions/r1/subnetworks/mail" }],
    },
  }),
  "Azure: a web server with a security group, behind a NAT gateway": pulumi({
    "azure-native:network:PublicIPAddress nat": { id: "/s/publicIPAddresses/nat", ipAddress: "192.0.2.40" },
    "azure-native:network:NatGateway nat": {
      id: "/s/natGateways/nat",
      publicIpAddresses: [{ id: "/s/publicIPAddresses/nat" }],
    },
    "azure-native:network:NetworkSecurityGroup web": {
      id: "/s/networkSecurityGroups/web",
      securityRules: [azureRule("Inbound", "443"), azureRule("Outbound", "587")],
    },
    "azure-native:network:Subnet web": {
      id: "/s/subnets/web",
      natGateway: { id: "/s/natGateways/nat" },
      networkSecurityGroup: { id: "/s/networkSecurityGroups/web" },
    },
    "azure-native:network:NetworkInterface web": {
      id: "/s/networkInterfaces/web",
      ipConfigurations: [{ subnet: { id: "/s/subnets/web" } }],
    },
    "azure-native:compute:VirtualMachine web": {
      id: "/s/virtualMachines/web",
      networkProfile: { networkInterfaces: [{ id: "/s/networkInterfaces/web" }] },
    },
  }),
  "Azure: port 25 is denied in both directions": pulumi({
    "azure-native:network:PublicIPAddress vm": { id: "/s/publicIPAddresses/vm", ipAddress: "192.0.2.41" },
    "azure-native:network:NetworkSecurityGroup vm": {
      id: "/s/networkSecurityGroups/vm",
      securityRules: [
        azureRule("Inbound", "25", "Deny"),
        azureRule("Outbound", "25", "Deny"),
        azureRule("Inbound", "*"),
      ],
    },
    "azure-native:network:NetworkInterface vm": {
      id: "/s/networkInterfaces/vm",
      ipConfigurations: [{ publicIPAddress: { id: "/s/publicIPAddresses/vm" } }],
      networkSecurityGroup: { id: "/s/networkSecurityGroups/vm" },
    },
    "azure-native:compute:VirtualMachine vm": {
      id: "/s/virtualMachines/vm",
      networkProfile: { networkInterfaces: [{ id: "/s/networkInterfaces/vm" }] },
    },
  }),
  "Azure by Terraform: Kubernetes behind a NAT gateway": terraform({
    "azurerm_public_ip.nat": { id: "/s/publicIPAddresses/nat", ip_address: "192.0.2.42" },
    "azurerm_nat_gateway.nat": { id: "/s/natGateways/nat" },
    "azurerm_nat_gateway_public_ip_association.nat": {
      nat_gateway_id: "/s/natGateways/nat",
      public_ip_address_id: "/s/publicIPAddresses/nat",
    },
    "azurerm_subnet_nat_gateway_association.nodes": {
      subnet_id: "/s/subnets/nodes",
      nat_gateway_id: "/s/natGateways/nat",
    },
    "azurerm_kubernetes_cluster.aks": {
      id: "/s/managedClusters/aks",
      default_node_pool: [{ vnet_subnet_id: "/s/subnets/nodes" }],
    },
    "kubernetes_service.web": {
      spec: [{ type: "LoadBalancer", port: [{ port: 443 }] }],
      status: [{ load_balancer: [{ ingress: [{ ip: "192.0.2.43" }] }] }],
    },
  }),
  "Hetzner by Terraform: a cluster of k3s with every port out": terraform({
    "hcloud_firewall.k3s": {
      id: "1",
      rule: [
        ...["22", "80", "443", "6443"].map((port) => ({
          direction: "in",
          protocol: "tcp",
          port,
          source_ips: ["0.0.0.0/0", "::/0"],
        })),
        { direction: "out", protocol: "tcp", port: "any", destination_ips: ["0.0.0.0/0", "::/0"] },
        { direction: "out", protocol: "udp", port: "1-65535", destination_ips: ["0.0.0.0/0", "::/0"] },
      ],
    },
    "hcloud_server.node": {
      id: "2",
      name: "node-1",
      ipv4_address: "192.0.2.50",
      ipv6_address: "2001:db8:50::1",
      firewall_ids: [1],
    },
  }),
  "Hetzner: a web server that submits by 465 and 587": pulumi({
    "hcloud:index/firewall:Firewall web": {
      id: "1",
      rules: ["53", "80", "443", "465", "587"].map((port) => ({
        direction: "out",
        protocol: "tcp",
        port,
        destinationIps: everywhere,
      })),
    },
    "hcloud:index/server:Server web": { id: "2", ipv4Address: "192.0.2.51", firewallIds: [1] },
  }),
  "Hetzner: the numbers of a firewall and of a server are the same": pulumi({
    "hcloud:index/firewall:Firewall mail": {
      id: "2",
      rules: [{ direction: "in", protocol: "tcp", port: "25", sourceIps: everywhere }],
      applyTos: [{ server: 9 }],
    },
    "hcloud:index/server:Server web": { id: "2", ipv4Address: "192.0.2.51", firewallIds: [3] },
  }),
  "DigitalOcean: a web droplet, and a load balancer": pulumi({
    "digitalocean:index/firewall:Firewall web": {
      id: "f",
      dropletIds: [1],
      inboundRules: [{ protocol: "tcp", portRange: "443", sourceLoadBalancerUids: ["lb"] }],
      outboundRules: [{ protocol: "tcp", portRange: "all", destinationAddresses: ["0.0.0.0/0", "::/0"] }],
    },
    "digitalocean:index/droplet:Droplet web": { id: "1", name: "web", ipv4Address: "192.0.2.60" },
    "digitalocean:index/loadBalancer:LoadBalancer web": { id: "lb", ip: "192.0.2.61" },
  }),
  "DigitalOcean by Terraform: an SMTP server for the office alone": terraform({
    "digitalocean_firewall.scanner": {
      id: "f",
      droplet_ids: [1],
      inbound_rule: [{ protocol: "tcp", port_range: "25", source_addresses: ["198.51.100.0/24"] }],
      outbound_rule: [{ protocol: "tcp", port_range: "1-65535", destination_addresses: everywhere }],
    },
    "digitalocean_droplet.scanner": { id: "1", name: "scanner", ipv4_address: "192.0.2.60" },
  }),
  "Linode: mail out is dropped": pulumi({
    "linode:index/firewall:Firewall web": {
      id: "1",
      linodes: [2],
      inboundPolicy: "DROP",
      outboundPolicy: "ACCEPT",
      inbounds: [{ action: "ACCEPT", protocol: "TCP", ports: "22,80,443", ipv4s: everywhere }],
      outbounds: [{ action: "DROP", protocol: "TCP", ports: "25,465,587", ipv4s: everywhere, ipv6s: ["::/0"] }],
    },
    "linode:index/instance:Instance web": { id: "2", ipAddress: "192.0.2.70", ipv6: "2001:db8:70::1/128" },
  }),
  "Vultr: a web server": pulumi({
    "vultr:index/firewallRule:FirewallRule web": {
      id: "1",
      firewallGroupId: "g",
      protocol: "tcp",
      port: "8000:9000",
      subnet: "0.0.0.0",
      subnetSize: 0,
    },
    "vultr:index/firewallRule:FirewallRule office": {
      id: "2",
      firewallGroupId: "g",
      protocol: "tcp",
      port: "25",
      subnet: "198.51.100.0",
      subnetSize: 24,
    },
    "vultr:index/instance:Instance web": { id: "i", firewallGroupId: "g", mainIp: "192.0.2.80" },
  }),
  "Scaleway: the default security blocks mail, and the public gateway too": pulumi({
    ...records("A mx.example.com 198.51.100.1", "MX example.com mx.example.com"),
    "scaleway:instance/securityGroup:SecurityGroup web": {
      id: "fr-par-1/sg",
      enableDefaultSecurity: true,
      inboundRules: [{ action: "accept", protocol: "TCP", port: 25 }],
    },
    "scaleway:instance/server:Server web": {
      id: "fr-par-1/s",
      securityGroupId: "fr-par-1/sg",
      publicIps: [{ address: "192.0.2.90" }],
    },
    "scaleway:network/publicGatewayIp:PublicGatewayIp gw": { id: "fr-par-1/ip", address: "192.0.2.91" },
    "scaleway:network/publicGateway:PublicGateway gw": { id: "fr-par-1/gw", ipId: "fr-par-1/ip", enableSmtp: false },
    "scaleway:network/gatewayNetwork:GatewayNetwork gw": { gatewayId: "fr-par-1/gw", privateNetworkId: "fr-par/pn" },
    "scaleway:instance/server:Server mail": { id: "fr-par-1/m", privateNetworks: [{ pnId: "pn" }] },
  }),
  "OpenStack: a web server behind a router": pulumi({
    "openstack:networking/router:Router router": { id: "r1", externalFixedIps: [{ ipAddress: "192.0.2.100" }] },
    "openstack:networking/routerInterface:RouterInterface private": { routerId: "r1", subnetId: "s1" },
    "openstack:networking/secGroup:SecGroup web": { id: "g1", name: "web" },
    "openstack:networking/secGroupRule:SecGroupRule all": {
      direction: "egress",
      protocol: "",
      portRangeMin: 0,
      portRangeMax: 0,
      remoteIpPrefix: "0.0.0.0/0",
      securityGroupId: "g1",
    },
    "openstack:networking/port:Port web": {
      id: "p1",
      fixedIps: [{ subnetId: "s1", ipAddress: "10.0.0.4" }],
      securityGroupIds: ["g1"],
    },
    "openstack:compute/instance:Instance web": { id: "i1", networks: [{ port: "p1" }] },
  }),
  "Oracle: a web server behind a NAT gateway": pulumi({
    "oci:Core/natGateway:NatGateway nat": { id: "ocid1.nat.1", natIp: "192.0.2.110" },
    "oci:Core/routeTable:RouteTable private": { id: "ocid1.rt.1", routeRules: [{ networkEntityId: "ocid1.nat.1" }] },
    "oci:Core/securityList:SecurityList web": {
      id: "ocid1.sl.1",
      egressSecurityRules: [{ protocol: "all", destination: "0.0.0.0/0" }],
      ingressSecurityRules: [{ protocol: "6", source: "0.0.0.0/0", tcpOptions: { min: 443, max: 443 } }],
    },
    "oci:Core/subnet:Subnet private": { id: "ocid1.sn.1", routeTableId: "ocid1.rt.1", securityListIds: ["ocid1.sl.1"] },
    "oci:Core/instance:Instance web": { id: "ocid1.i.1", createVnicDetails: { subnetId: "ocid1.sn.1" } },
  }),
  "Cloudflare: SPF permits the addresses of a web site, which are those of the proxy before it": pulumi({
    "cloudflare:index/dnsRecord:DnsRecord site": {
      zoneId: "023e105f",
      type: "A",
      name: "example.com",
      content: "192.0.2.10",
      proxied: true,
    },
    "cloudflare:index/dnsRecord:DnsRecord www": {
      zoneId: "023e105f",
      type: "CNAME",
      name: "www.example.com",
      content: "origin.example.com",
      proxied: true,
    },
    ...records(
      "A origin.example.com 192.0.2.10",
      "MX example.com smtp.google.com",
      "TXT example.com v=spf1 a a/28 mx a:www.example.com include:_spf.google.com ~all",
    ),
    "digitalocean:index/droplet:Droplet web": { id: "2", name: "web", ipv4Address: "192.0.2.10" },
  }),
  "what stands behind the all of an SPF record lets nobody send": pulumi({
    ...records("A example.com 192.0.2.10", "TXT example.com v=spf1 include:_spf.google.com ~all a ip4:192.0.2.10"),
    "hcloud:index/server:Server web": { id: "2", ipv4Address: "192.0.2.10" },
  }),
  "a domain that publishes that it has no mail": pulumi({
    ...records("A example.com 192.0.2.10", "MX example.com 0 .", "TXT example.com v=spf1 -all"),
    "hcloud:index/server:Server web": { id: "2", ipv4Address: "192.0.2.10" },
  }),
};

describe("a stack without mail", () => {
  for (const [what, resources] of Object.entries(cases)) {
    it(what, async () => {
      const { unset, sending, byHost, byRecord } = stackMail(resources);
      assert.deepEqual({ unset, sending, byHost, byRecord }, { unset: [], sending: [], byHost: [], byRecord: [] });
      assert.deepEqual(await runStack(resources), { mandatory: [], advisory: [] });
    });
  }
  it("is there in more than 30 shapes", () => assert.ok(Object.keys(cases).length > 30));
});
