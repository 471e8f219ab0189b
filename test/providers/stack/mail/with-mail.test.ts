/**
 * Stacks that send mail although nothing in them sets a PTR, in the shapes of public programs: each sending address is
 * found, with the name that its PTR must have and the reasons.
 */
import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stackMail } from "../../../../providers/internal/stack/stack-mail";
import type { StackResource } from "../../../../providers/internal/stack/stack-resource";
import { runStack } from "./gate";
import { awsRule, awsRuleTf, awsVpc, everywhere, pulumi, records, terraform } from "./given-stack";

interface Case {
  readonly resources: readonly StackResource[];
  /** `ADDRESS=NAME`, or `ADDRESS` where no name is known -> every reason. */
  readonly found: Readonly<Record<string, readonly string[]>>;
  /** Of these addresses the gate only gives advice. @default none */
  readonly advice?: readonly string[];
}

const MX = "the MX of example.com names mail.example.com, whose A record is this address";
const SPF_MX = "the SPF record of example.com names mail.example.com, whose A record is this address";
const mail = (ip: string) =>
  records(`A mail.example.com ${ip}`, "MX example.com mail.example.com", "TXT example.com v=spf1 mx -all");
const permits = (host: string, ports: string, way: "in" | "out") => `a firewall rule permits ${host} ${ports} ${way}`;
const nat = (host: string) => `it is the NAT gateway of the subnet of ${host}`;
const near = (host: string) => `it is the NAT gateway of the network of ${host}`;
const mailIn = [25, 465, 587].map((port) => awsRule(port));

const cases: Readonly<Record<string, Case>> = {
  "AWS: an Elastic IP with A, MX and SPF, and a NAT gateway that the host in the private subnet leaves by": {
    resources: pulumi({
      ...awsVpc,
      ...mail("192.0.2.10"),
      "aws:ec2/eip:Eip mail": { id: "eipalloc-10", allocationId: "eipalloc-10", publicIp: "192.0.2.10" },
      "aws:ec2/securityGroup:SecurityGroup mail": { id: "sg-1", ingress: mailIn, egress: [awsRule("all")] },
      "aws:ec2/instance:Instance mail-1": {
        id: "i-1",
        subnetId: "subnet-0private",
        vpcSecurityGroupIds: ["sg-1"],
        privateIp: "10.0.1.5",
        publicIp: "",
      },
    }),
    found: {
      "192.0.2.10=mail.example.com": [MX, SPF_MX],
      "192.0.2.9=mail.example.com": [nat("mail-1"), permits("mail-1", "ports 25, 465 and 587", "in")],
    },
  },
  "AWS: a cluster behind a load balancer, which leaves by four addresses of a NAT gateway": {
    resources: pulumi({
      ...awsVpc,
      "aws:ec2/natGateway:NatGateway nat": {
        id: "nat-09",
        allocationId: "eipalloc-09",
        publicIp: "192.0.2.9",
        secondaryAllocationIds: ["eipalloc-11", "eipalloc-12"],
      },
      "aws:ec2/eip:Eip smtp001": { id: "eipalloc-11", allocationId: "eipalloc-11", publicIp: "192.0.2.11" },
      "aws:ec2/eip:Eip smtp002": { id: "eipalloc-12", allocationId: "eipalloc-12", publicIp: "192.0.2.12" },
      ...records(
        "A smtp000.example.com 192.0.2.9",
        "A smtp001.example.com 192.0.2.11",
        "CNAME mail.example.com lb-0123.elb.eu-central-1.amazonaws.com",
        "MX example.com mail.example.com",
      ),
      "aws:ec2/securityGroup:SecurityGroup lb": { id: "sg-lb", ingress: [awsRule(25)], egress: [awsRule("all")] },
      "aws:ec2/securityGroup:SecurityGroup node": { id: "sg-node", ingress: [], egress: [] },
      "aws:ec2/securityGroupRule:SecurityGroupRule node-smtp": {
        type: "ingress",
        securityGroupId: "sg-node",
        sourceSecurityGroupId: "sg-lb",
        protocol: "tcp",
        fromPort: 25,
        toPort: 25,
      },
      "aws:ec2/instance:Instance node-0": {
        id: "i-0",
        subnetId: "subnet-0private",
        vpcSecurityGroupIds: ["sg-node"],
        privateIp: "10.0.0.4",
      },
    }),
    found: {
      "192.0.2.9=smtp000.example.com": [nat("node-0"), permits("node-0", "port 25", "in")],
      "192.0.2.11=smtp001.example.com": [nat("node-0"), permits("node-0", "port 25", "in")],
      "192.0.2.12": [nat("node-0"), permits("node-0", "port 25", "in")],
    },
  },
  "AWS: a listener of a load balancer of the Internet passes port 25 to targets behind a NAT gateway": {
    resources: pulumi({
      ...awsVpc,
      "aws:lb/loadBalancer:LoadBalancer public": {
        id: "arn:aws:lb/net/public/50dc",
        arn: "arn:aws:lb/net/public/50dc",
        internal: false,
      },
      "aws:lb/targetGroup:TargetGroup smtp": {
        id: "arn:aws:tg/smtp/6d0e",
        arn: "arn:aws:tg/smtp/6d0e",
        port: 25,
        protocol: "TCP",
      },
      "aws:lb/listener:Listener smtp": {
        id: "arn:aws:listener/net/public/50dc/f2f7",
        loadBalancerArn: "arn:aws:lb/net/public/50dc",
        port: 25,
        protocol: "TCP",
        defaultActions: [{ type: "forward", targetGroupArn: "arn:aws:tg/smtp/6d0e" }],
      },
      "aws:lb/targetGroupAttachment:TargetGroupAttachment smtp": {
        id: "attachment-1",
        targetGroupArn: "arn:aws:tg/smtp/6d0e",
        targetId: "10.0.0.7",
        port: 25,
      },
      "aws:ec2/instance:Instance stalwart": { id: "i-7", subnetId: "subnet-0private", privateIp: "10.0.0.7" },
    }),
    found: { "192.0.2.9": [nat("stalwart"), "a load balancer permits stalwart port 25 in"] },
    advice: ["192.0.2.9"],
  },
  "AWS by Terraform: an instance with an Elastic IP, and its zone in Route 53": {
    resources: terraform({
      "aws_eip.box": { id: "eipalloc-1", allocation_id: "eipalloc-1", public_ip: "192.0.2.10", instance: null },
      "aws_eip_association.box": {
        id: "eipassoc-1",
        allocation_id: "eipalloc-1",
        instance_id: "i-1",
        public_ip: "192.0.2.10",
      },
      "aws_instance.box": {
        id: "i-1",
        public_ip: "198.51.100.77",
        subnet_id: "subnet-1",
        vpc_security_group_ids: ["sg-1"],
      },
      "aws_security_group.box": {
        id: "sg-1",
        ingress: [awsRuleTf(22), awsRuleTf(25), awsRuleTf(587)],
        egress: [awsRuleTf("all")],
      },
      "aws_route53_record.a": { fqdn: "box.example.com", zone_id: "Z1", type: "A", records: ["192.0.2.10"] },
      "aws_route53_record.mx": { fqdn: "example.com", zone_id: "Z1", type: "MX", records: ["10 box.example.com"] },
    }),
    found: {
      "192.0.2.10=box.example.com": [
        "the MX of example.com names box.example.com, whose A record is this address",
        permits("aws_instance.box", "ports 25 and 587", "in"),
      ],
    },
  },
  "AWS: a mail host in the public subnet sends by its own Elastic IP, not by the NAT gateway of the others": {
    resources: pulumi({
      ...awsVpc,
      "aws:ec2/securityGroup:SecurityGroup mail": { id: "sg-1", ingress: mailIn, egress: [awsRule("all")] },
      "aws:ec2/instance:Instance mail": { id: "i-1", subnetId: "subnet-0public", vpcSecurityGroupIds: ["sg-1"] },
      "aws:ec2/instance:Instance web": { id: "i-2", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-2"] },
      "aws:ec2/eip:Eip mail": { id: "eipalloc-10", publicIp: "192.0.2.10", instance: "i-1" },
    }),
    found: { "192.0.2.10": [permits("mail", "ports 25, 465 and 587", "in")] },
  },
  "AWS by Terraform: port 25 out by a rule of its own": {
    resources: terraform({
      "aws_instance.sender": { id: "i-1", public_ip: "192.0.2.10", vpc_security_group_ids: ["sg-1"] },
      "aws_security_group.sender": { id: "sg-1", ingress: [], egress: [] },
      "aws_vpc_security_group_egress_rule.smtp": {
        security_group_id: "sg-1",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 25,
        to_port: 25,
      },
    }),
    found: { "192.0.2.10": [permits("aws_instance.sender", "port 25", "out")] },
  },
  "AWS: a group of machines made from a template": {
    resources: pulumi({
      ...awsVpc,
      "aws:ec2/securityGroup:SecurityGroup mta": { id: "sg-1", ingress: [], egress: [awsRule(25), awsRule(443)] },
      "aws:ec2/launchTemplate:LaunchTemplate mta": { id: "lt-1", vpcSecurityGroupIds: ["sg-1"] },
      "aws:autoscaling/group:Group mta": {
        id: "mta-asg",
        vpcZoneIdentifiers: ["subnet-0private"],
        launchTemplate: { id: "lt-1", version: "$Latest" },
      },
    }),
    found: { "192.0.2.9": [nat("mta"), permits("mta", "port 25", "out")] },
  },
  "AWS: a service of containers in private subnets": {
    resources: pulumi({
      ...awsVpc,
      "aws:ec2/securityGroup:SecurityGroup postfix": { id: "sg-1", ingress: [], egress: [awsRule(25), awsRule(53)] },
      "aws:ecs/service:Service postfix": {
        id: "arn:aws:ecs:service/postfix",
        networkConfiguration: { subnets: ["subnet-0private"], securityGroups: ["sg-1"], assignPublicIp: false },
      },
    }),
    found: { "192.0.2.9": [nat("postfix"), permits("postfix", "port 25", "out")] },
  },
  "AWS: Kubernetes nodes behind a NAT gateway, and a Service that takes mail from the Internet": {
    resources: pulumi({
      ...awsVpc,
      "aws:eks/nodeGroup:NodeGroup nodes": { id: "prod:nodes", subnetIds: ["subnet-0private"] },
      "kubernetes:core/v1:Service mailserver": {
        id: "mail/mailserver",
        metadata: { name: "mailserver", annotations: {} },
        spec: { type: "LoadBalancer", ports: [25, 465, 587, 993].map((port) => ({ port, protocol: "TCP" })) },
        status: { loadBalancer: { ingress: [{ hostname: "a1b2.elb.amazonaws.com" }] } },
      },
    }),
    found: { "192.0.2.9": [nat("nodes"), "a Kubernetes Service permits nodes ports 25, 465 and 587 in"] },
  },
  "Kubernetes: an MX names the address of a load balancer Service": {
    resources: pulumi({
      ...mail("192.0.2.10"),
      "kubernetes:core/v1:Service mailserver": {
        spec: { type: "LoadBalancer", ports: [{ port: 25 }] },
        status: { loadBalancer: { ingress: [{ ip: "192.0.2.10" }] } },
      },
    }),
    found: { "192.0.2.10=mail.example.com": [MX, SPF_MX] },
  },
  "Kubernetes by Terraform: an MX names the address of a load balancer Service": {
    resources: [
      ...pulumi(mail("192.0.2.10")),
      ...terraform({
        "kubernetes_service_v1.mail": {
          metadata: [{ name: "mail", annotations: null }],
          spec: [{ type: "LoadBalancer", port: [{ port: 25, protocol: "TCP" }] }],
          status: [{ load_balancer: [{ ingress: [{ ip: "192.0.2.10", hostname: "" }] }] }],
        },
      }),
    ],
    found: { "192.0.2.10=mail.example.com": [MX, SPF_MX] },
  },
  "Google: a machine without external address in the default network, and Cloud NAT with an address of its own": {
    resources: pulumi({
      "gcp:compute/address:Address nat": {
        id: "projects/p/regions/europe-west3/addresses/nat-0",
        address: "192.0.2.20",
        region: "europe-west3",
      },
      "gcp:compute/router:Router router": {
        id: "projects/p/regions/europe-west3/routers/router-1",
        name: "router-1",
        network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/default",
      },
      "gcp:compute/routerNat:RouterNat nat": {
        id: "p/europe-west3/router-1/nat-1",
        router: "router-1",
        region: "europe-west3",
        natIpAllocateOption: "MANUAL_ONLY",
        natIps: ["https://www.googleapis.com/compute/v1/projects/p/regions/europe-west3/addresses/nat-0"],
        sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      },
      "gcp:compute/firewall:Firewall mail": {
        network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/default",
        direction: "INGRESS",
        priority: 1000,
        allows: [{ protocol: "tcp", ports: ["25", "465", "587"] }],
        denies: [],
        sourceRanges: everywhere,
        targetTags: ["mail"],
      },
      "gcp:compute/instance:Instance mail-1": {
        tags: ["mail"],
        networkInterfaces: [{ network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/default" }],
      },
      "gcp:compute/instance:Instance web-1": {
        tags: ["web"],
        networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: "192.0.2.30" }] }],
      },
    }),
    found: {
      "192.0.2.20": [
        "it is the NAT gateway of the network of mail-1",
        permits("mail-1", "ports 25, 465 and 587", "in"),
      ],
    },
  },
  "Google by Terraform: Cloud NAT of one subnetwork that it lists": {
    resources: terraform({
      "google_compute_subnetwork.mail": {
        id: "projects/p/regions/r1/subnetworks/mail",
        name: "mail",
        region: "r1",
        network: "projects/p/global/networks/vpc",
      },
      "google_compute_address.nat": { id: "projects/p/regions/r1/addresses/nat", address: "192.0.2.20" },
      "google_compute_router_nat.nat": {
        name: "nat",
        router: "r",
        region: "r1",
        nat_ips: ["projects/p/regions/r1/addresses/nat"],
        source_subnetwork_ip_ranges_to_nat: "LIST_OF_SUBNETWORKS",
        subnetwork: [{ name: "projects/p/regions/r1/subnetworks/mail" }],
      },
      "google_compute_firewall.out": {
        network: "projects/p/global/networks/vpc",
        direction: "EGRESS",
        allow: [{ protocol: "tcp", ports: ["25"] }],
        deny: [],
        destination_ranges: everywhere,
        target_tags: ["smtp"],
      },
      "google_compute_instance.out": {
        tags: ["smtp"],
        network_interface: [
          {
            subnetwork: "projects/p/regions/r1/subnetworks/mail",
            network: "projects/p/global/networks/vpc",
            access_config: [],
          },
        ],
      },
    }),
    found: {
      "192.0.2.20": [nat("google_compute_instance.out"), permits("google_compute_instance.out", "port 25", "out")],
    },
  },
  "Google: port 25 out is denied to all but those with a tag": {
    resources: pulumi({
      "gcp:compute/firewall:Firewall deny": {
        network: "default",
        direction: "EGRESS",
        priority: 1000,
        denies: [{ protocol: "tcp", ports: ["25"] }],
        destinationRanges: everywhere,
      },
      "gcp:compute/firewall:Firewall allow": {
        network: "default",
        direction: "EGRESS",
        priority: 900,
        allows: [{ protocol: "tcp", ports: ["25"] }],
        destinationRanges: everywhere,
        targetTags: ["mta"],
      },
      "gcp:compute/instance:Instance mta": {
        tags: ["mta"],
        networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: "192.0.2.21" }] }],
      },
      "gcp:compute/instance:Instance web": {
        tags: ["web"],
        networkInterfaces: [{ network: "default", accessConfigs: [{ natIp: "192.0.2.22" }] }],
      },
    }),
    found: { "192.0.2.21": [permits("mta", "port 25", "out")] },
  },
  "Azure: a machine in a subnet with a security group and a NAT gateway": {
    resources: pulumi({
      "azure-native:network:PublicIPAddress nat": {
        id: "/subscriptions/s/rg/publicIPAddresses/nat",
        ipAddress: "192.0.2.40",
      },
      "azure-native:network:NatGateway nat": {
        id: "/subscriptions/s/rg/natGateways/nat",
        publicIpAddresses: [{ id: "/subscriptions/s/rg/publicIPAddresses/nat" }],
      },
      "azure-native:network:NetworkSecurityGroup mail": {
        id: "/subscriptions/s/rg/networkSecurityGroups/mail",
        securityRules: [
          {
            name: "smtp",
            direction: "Inbound",
            access: "Allow",
            protocol: "Tcp",
            priority: 100,
            sourceAddressPrefix: "Internet",
            destinationAddressPrefix: "*",
            destinationPortRanges: ["25", "587"],
          },
        ],
      },
      "azure-native:network:Subnet mail": {
        id: "/subscriptions/s/rg/virtualNetworks/v/subnets/mail",
        natGateway: { id: "/subscriptions/s/rg/natGateways/nat" },
        networkSecurityGroup: { id: "/subscriptions/s/rg/networkSecurityGroups/mail" },
      },
      "azure-native:network:NetworkInterface mail": {
        id: "/subscriptions/s/rg/networkInterfaces/mail",
        ipConfigurations: [{ subnet: { id: "/subscriptions/s/rg/virtualNetworks/v/subnets/mail" } }],
      },
      "azure-native:compute:VirtualMachine mail": {
        id: "/subscriptions/s/rg/virtualMachines/mail",
        networkProfile: { networkInterfaces: [{ id: "/subscriptions/s/rg/networkInterfaces/mail" }] },
      },
    }),
    found: { "192.0.2.40": [nat("mail"), permits("mail", "ports 25 and 587", "in")] },
  },
  "Azure by Terraform: everything joined by associations": {
    resources: terraform({
      "azurerm_public_ip.nat": { id: "/s/publicIPAddresses/nat", ip_address: "192.0.2.40" },
      "azurerm_nat_gateway.nat": { id: "/s/natGateways/nat" },
      "azurerm_nat_gateway_public_ip_association.nat": {
        nat_gateway_id: "/s/natGateways/nat",
        public_ip_address_id: "/s/publicIPAddresses/nat",
      },
      "azurerm_subnet.mail": { id: "/s/virtualNetworks/v/subnets/mail" },
      "azurerm_subnet_nat_gateway_association.mail": {
        subnet_id: "/s/virtualNetworks/v/subnets/mail",
        nat_gateway_id: "/s/natGateways/nat",
      },
      "azurerm_network_security_group.mail": { id: "/s/networkSecurityGroups/mail", name: "mail", security_rule: [] },
      "azurerm_network_security_rule.smtp": {
        network_security_group_name: "mail",
        direction: "Outbound",
        access: "Allow",
        protocol: "Tcp",
        priority: 200,
        destination_port_range: "25",
        destination_address_prefix: "*",
        source_address_prefix: "10.0.0.0/24",
      },
      "azurerm_network_interface_security_group_association.mail": {
        network_interface_id: "/s/networkInterfaces/mail",
        network_security_group_id: "/s/networkSecurityGroups/mail",
      },
      "azurerm_network_interface.mail": {
        id: "/s/networkInterfaces/mail",
        ip_configuration: [{ subnet_id: "/s/virtualNetworks/v/subnets/mail" }],
      },
      "azurerm_linux_virtual_machine.mail": {
        id: "/s/virtualMachines/mail",
        network_interface_ids: ["/s/networkInterfaces/mail"],
        public_ip_address: "",
      },
    }),
    found: {
      "192.0.2.40": [
        nat("azurerm_linux_virtual_machine.mail"),
        permits("azurerm_linux_virtual_machine.mail", "port 25", "out"),
      ],
    },
  },
  "Hetzner by Terraform: mailcow behind a firewall, its DNS elsewhere": {
    resources: terraform({
      "hcloud_firewall.mailcow": {
        id: "7",
        apply_to: [],
        rule: ["25", "80", "443", "465", "587", "993"].map((port) => ({
          direction: "in",
          protocol: "tcp",
          port,
          source_ips: ["0.0.0.0/0", "::/0"],
          destination_ips: [],
        })),
      },
      "hcloud_server.mailcow": {
        id: "7",
        name: "mailcow",
        ipv4_address: "192.0.2.50",
        ipv6_address: "2001:db8:50::1",
        firewall_ids: [7],
      },
    }),
    found: {
      "192.0.2.50": [permits("hcloud_server.mailcow", "ports 25, 465 and 587", "in")],
      "2001:db8:50::1": [permits("hcloud_server.mailcow", "ports 25, 465 and 587", "in")],
    },
  },
  "Hetzner: a firewall by label, over IPv4 alone": {
    resources: pulumi({
      "hcloud:index/firewall:Firewall mail": {
        id: "7",
        rules: [
          { direction: "out", protocol: "tcp", port: "25", destinationIps: everywhere },
          { direction: "out", protocol: "tcp", port: "443", destinationIps: everywhere },
        ],
      },
      "hcloud:index/firewallAttachment:FirewallAttachment mail": {
        firewallId: 7,
        labelSelectors: ["role in (mail, mx),env!=test"],
      },
      "hcloud:index/server:Server a": {
        id: "1",
        labels: { role: "mail" },
        ipv4Address: "192.0.2.51",
        ipv6Address: "2001:db8:51::1",
      },
      "hcloud:index/server:Server b": { id: "2", labels: { role: "mail", env: "test" }, ipv4Address: "192.0.2.52" },
      "hcloud:index/server:Server c": { id: "3", labels: { role: "web" }, ipv4Address: "192.0.2.53" },
    }),
    found: { "192.0.2.51": [permits("a", "port 25", "out")] },
  },
  "DigitalOcean: a firewall by tag": {
    resources: pulumi({
      "digitalocean:index/firewall:Firewall mail": {
        id: "bb4b",
        tags: ["mail"],
        dropletIds: [],
        inboundRules: [{ protocol: "tcp", portRange: "25", sourceAddresses: ["0.0.0.0/0", "::/0"] }],
        outboundRules: [{ protocol: "tcp", portRange: "1-65535", destinationAddresses: ["0.0.0.0/0", "::/0"] }],
      },
      "digitalocean:index/droplet:Droplet mx": {
        id: "3164444",
        name: "mx",
        tags: ["mail"],
        ipv4Address: "192.0.2.60",
        ipv6Address: "2001:db8:60::1",
      },
      ...records("A mx1.example.com 192.0.2.60"),
    }),
    found: { "192.0.2.60=mx1.example.com": [permits("mx", "port 25", "in")] },
    advice: ["192.0.2.60"],
  },
  "DigitalOcean: a droplet without public address behind a NAT gateway of its VPC": {
    resources: pulumi({
      "digitalocean:index/vpcNatGateway:VpcNatGateway nat": {
        id: "70e1",
        vpcs: [{ vpcUuid: "9c3a", defaultGateway: true }],
        egresses: [{ publicGateways: [{ ipv4: "192.0.2.61" }] }],
      },
      "digitalocean:index/droplet:Droplet smtp-out": {
        id: "1",
        name: "smtp-out",
        vpcUuid: "9c3a",
        publicNetworking: false,
        ipv4Address: "",
      },
      "digitalocean:index/droplet:Droplet edge": { id: "2", name: "edge", vpcUuid: "9c3a", ipv4Address: "192.0.2.62" },
      ...mail("192.0.2.62"),
    }),
    found: {
      "192.0.2.62=mail.example.com": [MX, SPF_MX],
      "192.0.2.61=mail.example.com": [
        "it is the NAT gateway of the network of smtp-out",
        "smtp-out has the name of a mail server",
      ],
    },
  },
  "Linode: a firewall with devices": {
    resources: pulumi({
      "linode:index/firewall:Firewall mail": {
        id: "12",
        linodes: [],
        outboundPolicy: "ACCEPT",
        inbounds: [{ action: "ACCEPT", protocol: "TCP", ports: "22, 25, 587", ipv4s: everywhere, ipv6s: ["::/0"] }],
      },
      "linode:index/firewallDevice:FirewallDevice mail": { firewallId: 12, entityId: 77, entityType: "linode" },
      "linode:index/instance:Instance mail": {
        id: "77",
        ipAddress: "192.0.2.70",
        ipv4s: ["192.0.2.70", "192.168.133.1"],
        ipv6: "2001:db8:70::1/128",
      },
    }),
    found: {
      "192.0.2.70": [permits("mail", "ports 25 and 587", "in")],
      "2001:db8:70::1": [permits("mail", "ports 25 and 587", "in")],
    },
  },
  "Vultr: a firewall group": {
    resources: pulumi({
      "vultr:index/firewallGroup:FirewallGroup mail": { id: "cb67" },
      "vultr:index/firewallRule:FirewallRule smtp": {
        id: "1",
        firewallGroupId: "cb67",
        protocol: "tcp",
        ipType: "v4",
        port: "25",
        subnet: "0.0.0.0",
        subnetSize: 0,
      },
      "vultr:index/firewallRule:FirewallRule submission": {
        id: "2",
        firewallGroupId: "cb67",
        protocol: "tcp",
        ipType: "v4",
        port: "465:587",
        subnet: "0.0.0.0",
        subnetSize: 0,
      },
      "vultr:index/instance:Instance mail": { id: "4f0f", firewallGroupId: "cb67", mainIp: "192.0.2.80", v6MainIp: "" },
    }),
    found: { "192.0.2.80": [permits("mail", "ports 25, 465 and 587", "in")] },
  },
  "Scaleway: a security group that lets mail out": {
    resources: pulumi({
      "scaleway:instance/securityGroup:SecurityGroup mail": {
        id: "fr-par-1/11",
        enableDefaultSecurity: false,
        inboundDefaultPolicy: "drop",
        outboundDefaultPolicy: "accept",
        inboundRules: [
          { action: "accept", protocol: "TCP", port: 25, ipRange: "0.0.0.0/0" },
          { action: "accept", protocol: "TCP", port: 587, ipRange: "0.0.0.0/0" },
        ],
      },
      "scaleway:instance/ip:Ip mail": { id: "fr-par-1/22", address: "192.0.2.90" },
      "scaleway:instance/server:Server mail": {
        id: "fr-par-1/33",
        ipId: "fr-par-1/22",
        securityGroupId: "fr-par-1/11",
      },
    }),
    found: { "192.0.2.90": [permits("mail", "ports 25 and 587", "in")] },
  },
  "Scaleway by Terraform: a public gateway that lets mail through": {
    resources: [
      ...terraform({
        "scaleway_vpc_public_gateway_ip.gw": {
          id: "fr-par-1/ip",
          address: "192.0.2.91",
          reverse: "192-0-2-91.pub.gw.scw.cloud.",
        },
        "scaleway_vpc_public_gateway.gw": { id: "fr-par-1/gw", ip_id: "fr-par-1/ip", enable_smtp: true },
        "scaleway_vpc_gateway_network.gw": {
          id: "fr-par-1/gn",
          gateway_id: "fr-par-1/gw",
          private_network_id: "fr-par/pn",
        },
        "scaleway_instance_server.mail": {
          id: "fr-par-1/srv",
          name: "mail",
          security_group_id: "fr-par-1/sg",
          public_ips: [],
        },
        "scaleway_instance_private_nic.mail": { server_id: "fr-par-1/srv", private_network_id: "fr-par/pn" },
        "scaleway_instance_security_group.mail": {
          id: "fr-par-1/sg",
          enable_default_security: false,
          outbound_rule: [{ action: "accept", protocol: "TCP", port: 25, ip_range: "0.0.0.0/0" }],
        },
      }),
    ],
    found: {
      "192.0.2.91": [
        "it is the NAT gateway of the network of scaleway_instance_server.mail",
        permits("scaleway_instance_server.mail", "port 25", "out"),
      ],
    },
  },
  "OpenStack: a server behind a router": {
    resources: pulumi({
      "openstack:networking/router:Router router": {
        id: "r1",
        enableSnat: true,
        externalFixedIps: [{ ipAddress: "192.0.2.100" }],
      },
      "openstack:networking/routerInterface:RouterInterface private": { routerId: "r1", subnetId: "s1" },
      "openstack:networking/network:Network private": { id: "n1" },
      "openstack:networking/subnet:Subnet private": { id: "s1", networkId: "n1" },
      "openstack:networking/secGroup:SecGroup mail": { id: "g1", name: "mail" },
      "openstack:networking/secGroupRule:SecGroupRule smtp": {
        direction: "ingress",
        protocol: "tcp",
        portRangeMin: 25,
        portRangeMax: 25,
        remoteIpPrefix: "0.0.0.0/0",
        securityGroupId: "g1",
      },
      "openstack:networking/secGroupRule:SecGroupRule submission": {
        direction: "ingress",
        protocol: "tcp",
        portRangeMin: 587,
        portRangeMax: 587,
        remoteIpPrefix: "",
        securityGroupId: "g1",
      },
      "openstack:compute/instance:Instance mail": {
        id: "i1",
        networks: [{ uuid: "n1", fixedIpV4: "10.3.0.4" }],
        securityGroups: ["mail"],
        accessIpV4: "10.3.0.4",
      },
    }),
    found: { "192.0.2.100": [nat("mail"), permits("mail", "ports 25 and 587", "in")] },
  },
  "OpenStack by Terraform: a server with a floating IP": {
    resources: terraform({
      "openstack_networking_router_v2.r": { id: "r1", external_fixed_ip: [{ ip_address: "192.0.2.100" }] },
      "openstack_networking_router_interface_v2.r": { router_id: "r1", subnet_id: "s1" },
      "openstack_networking_secgroup_v2.mail": { id: "g1", name: "mail" },
      "openstack_networking_secgroup_rule_v2.smtp": {
        direction: "egress",
        protocol: "tcp",
        port_range_min: 25,
        port_range_max: 25,
        remote_ip_prefix: "0.0.0.0/0",
        security_group_id: "g1",
      },
      "openstack_networking_port_v2.mail": {
        id: "p1",
        network_id: "n1",
        fixed_ip: [{ subnet_id: "s1", ip_address: "10.3.0.4" }],
        security_group_ids: ["g1"],
        all_fixed_ips: ["10.3.0.4"],
      },
      "openstack_compute_instance_v2.mail": {
        id: "i1",
        network: [{ port: "p1", uuid: "n1" }],
        access_ip_v4: "10.3.0.4",
      },
      "openstack_networking_floatingip_v2.mail": { id: "f1", address: "192.0.2.101" },
      "openstack_networking_floatingip_associate_v2.mail": { floating_ip: "192.0.2.101", port_id: "p1" },
    }),
    found: { "192.0.2.101": [permits("openstack_compute_instance_v2.mail", "port 25", "out")] },
  },
  "Oracle: an instance in a private subnet whose routes lead to a NAT gateway": {
    resources: pulumi({
      "oci:Core/natGateway:NatGateway nat": { id: "ocid1.natgateway.1", natIp: "192.0.2.110", blockTraffic: false },
      "oci:Core/routeTable:RouteTable private": {
        id: "ocid1.routetable.1",
        routeRules: [{ destination: "0.0.0.0/0", networkEntityId: "ocid1.natgateway.1" }],
      },
      "oci:Core/securityList:SecurityList mail": {
        id: "ocid1.securitylist.1",
        egressSecurityRules: [{ protocol: "6", destination: "0.0.0.0/0", tcpOptions: { min: 25, max: 25 } }],
        ingressSecurityRules: [],
      },
      "oci:Core/subnet:Subnet private": {
        id: "ocid1.subnet.1",
        routeTableId: "ocid1.routetable.1",
        securityListIds: ["ocid1.securitylist.1"],
      },
      "oci:Core/instance:Instance mta": {
        id: "ocid1.instance.1",
        createVnicDetails: { subnetId: "ocid1.subnet.1", assignPublicIp: "false" },
        publicIp: "",
      },
    }),
    found: { "192.0.2.110": [nat("mta"), permits("mta", "port 25", "out")] },
  },
  "OVHcloud: an instance behind a gateway": {
    resources: pulumi({
      "ovh:index/cloudGateway:CloudGateway gw": {
        id: "gw1",
        subnetIds: ["s1"],
        currentState: { externalIp: "192.0.2.120" },
      },
      "ovh:index/cloudSecurityGroup:CloudSecurityGroup mail": {
        id: "sg1",
        rules: [{ direction: "ingress", ethernetType: "IPv4", protocol: "tcp", portRangeMin: 587, portRangeMax: 587 }],
      },
      "ovh:index/cloudInstance:CloudInstance mail": {
        id: "i1",
        networks: [{ subnetId: "s1" }],
        securityGroupIds: ["sg1"],
        currentState: { networks: [{ addresses: [{ ip: "10.4.0.4" }] }] },
      },
    }),
    found: { "192.0.2.120": [nat("mail"), permits("mail", "port 587", "in")] },
  },
  "Exoscale: rules of a security group": {
    resources: pulumi({
      "exoscale:index/securityGroup:SecurityGroup mail": { id: "sg1" },
      "exoscale:index/securityGroupRule:SecurityGroupRule smtp": {
        type: "INGRESS",
        protocol: "TCP",
        startPort: 25,
        endPort: 25,
        cidr: "0.0.0.0/0",
        securityGroupId: "sg1",
      },
      "exoscale:index/securityGroupRule:SecurityGroupRule tls": {
        type: "INGRESS",
        protocol: "TCP",
        startPort: 465,
        endPort: 465,
        cidr: "0.0.0.0/0",
        securityGroupId: "sg1",
      },
      "exoscale:index/computeInstance:ComputeInstance mail": {
        id: "i1",
        securityGroupIds: ["sg1"],
        publicIpAddress: "192.0.2.130",
        ipv6Address: "2001:db8:130::1",
      },
    }),
    found: { "192.0.2.130": [permits("mail", "ports 25 and 465", "in")] },
  },
  "AWS: a NAT gateway in the same network, whose routes are in another stack": {
    resources: pulumi({
      "aws:ec2/subnet:Subnet private": { id: "subnet-0private", vpcId: "vpc-0a" },
      "aws:ec2/subnet:Subnet public": { id: "subnet-0public", vpcId: "vpc-0a" },
      "aws:ec2/natGateway:NatGateway nat": { id: "nat-09", publicIp: "192.0.2.9", subnetId: "subnet-0public" },
      "aws:ec2/instance:Instance mail": { id: "i-1", subnetId: "subnet-0private", privateIp: "10.0.1.5" },
      ...mail("192.0.2.10"),
    }),
    found: { "192.0.2.9=mail.example.com": [near("mail"), "mail has the name of a mail server"] },
  },
  "AWS: a NAT gateway by the main route table of the network": {
    resources: pulumi({
      "aws:ec2/subnet:Subnet private": { id: "subnet-0private", vpcId: "vpc-0a" },
      "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation main": { vpcId: "vpc-0a", routeTableId: "rtb-1" },
      "aws:ec2/routeTable:RouteTable main": { id: "rtb-1", vpcId: "vpc-0a", routes: [] },
      "aws:ec2/route:Route out": { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-09" },
      "aws:ec2/natGateway:NatGateway nat": { id: "nat-09", publicIp: "192.0.2.9", subnetId: "subnet-0public" },
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup all": { id: "sg-1", egress: [awsRule(25)], ingress: [] },
      "aws:ec2/instance:Instance mail": { id: "i-1", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-1"] },
    }),
    found: { "192.0.2.9": [near("mail"), permits("mail", "port 25", "out")] },
  },
  "AWS: what a preview knows only by where the values come from": {
    resources: pulumi({
      "aws:ec2/eip:Eip mail": { publicIp: "192.0.2.10" },
      "aws:ec2/eipAssociation:EipAssociation mail": {
        dependsOn: { allocationId: "aws:ec2/eip:Eip mail", instanceId: "aws:ec2/instance:Instance mail" },
      },
      "aws:ec2/securityGroup:SecurityGroup mail": { ingress: mailIn },
      "aws:ec2/instance:Instance mail": {
        dependsOn: { vpcSecurityGroupIds: "aws:ec2/securityGroup:SecurityGroup mail" },
      },
    }),
    found: { "192.0.2.10": [permits("mail", "ports 25, 465 and 587", "in")] },
  },
  "Lightsail: an instance with open ports and a static address": {
    resources: pulumi({
      "aws:lightsail/instance:Instance box": { id: "box", name: "box", publicIpAddress: "198.51.100.9" },
      "aws:lightsail/instancePublicPorts:InstancePublicPorts box": {
        instanceName: "box",
        portInfos: [25, 587].map((port) => ({ protocol: "tcp", fromPort: port, toPort: port, cidrs: everywhere })),
      },
      "aws:lightsail/staticIp:StaticIp box": { id: "box-ip", name: "box-ip", ipAddress: "192.0.2.15" },
      "aws:lightsail/staticIpAttachment:StaticIpAttachment box": { staticIpName: "box-ip", instanceName: "box" },
    }),
    found: { "192.0.2.15": [permits("box", "ports 25 and 587", "in")] },
  },
  "Civo by Terraform: a firewall": {
    resources: terraform({
      "civo_firewall.mail": {
        id: "f",
        ingress_rule: [{ protocol: "tcp", port_range: "465", cidr: everywhere, action: "allow" }],
      },
      "civo_instance.mail": { id: "i", firewall_id: "f", public_ip: "192.0.2.140" },
    }),
    found: { "192.0.2.140": [permits("civo_instance.mail", "port 465", "in")] },
  },
  "UpCloud: the rules of a server": {
    resources: pulumi({
      "upcloud:index/server:Server mail": {
        id: "s",
        networkInterfaces: [
          { type: "public", ipAddress: "192.0.2.150" },
          { type: "utility", ipAddress: "10.2.0.1" },
        ],
      },
      "upcloud:index/serverFirewallRules:ServerFirewallRules mail": {
        serverId: "s",
        firewallRules: [
          {
            action: "accept",
            direction: "in",
            protocol: "tcp",
            destinationPortStart: "587",
            destinationPortEnd: "587",
          },
          { action: "drop", direction: "in" },
        ],
      },
    }),
    found: { "192.0.2.150": [permits("mail", "port 587", "in")] },
  },
  "Alibaba Cloud by Terraform: an SNAT entry of the subnet": {
    resources: terraform({
      "alicloud_instance.mail": { id: "i", vswitch_id: "vsw-1", security_groups: ["sg-1"], public_ip: "" },
      "alicloud_security_group_rule.smtp": {
        type: "egress",
        ip_protocol: "tcp",
        port_range: "25/25",
        policy: "accept",
        cidr_ip: "0.0.0.0/0",
        security_group_id: "sg-1",
        priority: 1,
      },
      "alicloud_snat_entry.nat": { id: "snat-1", source_vswitch_id: "vsw-1", snat_ip: "192.0.2.160" },
    }),
    found: { "192.0.2.160": [nat("alicloud_instance.mail"), permits("alicloud_instance.mail", "port 25", "out")] },
  },
  "a pool of addresses that SPF permits as a block": {
    resources: pulumi({
      "aws:ec2/eip:Eip pool-0": { publicIp: "192.0.2.8" },
      "aws:ec2/eip:Eip pool-1": { publicIp: "192.0.2.9" },
      "aws:ec2/eip:Eip web": { publicIp: "192.0.2.99" },
      ...records("TXT example.com v=spf1 ip4:192.0.2.8/29 -all", "A out1.example.com 192.0.2.9"),
    }),
    found: {
      "192.0.2.8": ['the SPF record of example.com permits it by "ip4:192.0.2.8/29"'],
      "192.0.2.9=out1.example.com": ['the SPF record of example.com permits it by "ip4:192.0.2.8/29"'],
    },
  },
  "an address with several names: the one that the MX names": {
    resources: pulumi({
      "vultr:index/reservedIp:ReservedIp mail": { subnet: "192.0.2.10" },
      ...mail("192.0.2.10"),
      ...Object.fromEntries(
        Object.entries(records("A example.com 192.0.2.10", "A www.example.com 192.0.2.10")).map(([key, value]) => [
          `${key}-web`,
          value,
        ]),
      ),
    }),
    found: { "192.0.2.10=mail.example.com": [MX, SPF_MX] },
  },
  "an exchanger that is an alias": {
    resources: pulumi({
      "digitalocean:index/reservedIp:ReservedIp box": { ipAddress: "192.0.2.10" },
      ...records(
        "A box.example.com 192.0.2.10",
        "CNAME mx.example.com box.example.com",
        "MX example.com mx.example.com",
      ),
    }),
    found: {
      "192.0.2.10=box.example.com": [
        "the MX of example.com names mx.example.com, an alias of box.example.com, whose A record is this address",
      ],
    },
  },
};

describe("a stack with mail and without any PTR", () => {
  for (const [what, { resources, found, advice = [] }] of Object.entries(cases)) {
    it(what, async () => {
      const { unset, sending } = stackMail(resources);
      assert.deepEqual(sending, []);
      const seen = unset.map(({ ip, hostname, reasons }) => [hostname === null ? ip : `${ip}=${hostname}`, reasons]);
      assert.deepEqual(Object.fromEntries(seen), found);
      assert.deepEqual(
        unset.map(({ reverse }) => reverse),
        unset.map(() => "unset"),
      );
      const { mandatory, advisory } = await runStack(resources);
      for (const { ip } of unset) {
        const level = advice.includes(ip ?? "") ? advisory : mandatory;
        assert.ok(
          level.some((message) => message.includes(`${ip} `) || message.includes(`${ip},`)),
          `${ip} in ${level.join("\n")}`,
        );
      }
    });
  }
  it("names a NAT gateway whose second address is of another stack", async () => {
    const gateway = {
      "aws:ec2/natGateway:NatGateway nat": {
        ...awsVpc["aws:ec2/natGateway:NatGateway nat"],
        secondaryAllocationIds: ["eipalloc-of-another-stack"],
      },
      "aws:ec2/securityGroup:SecurityGroup mail": { id: "sg-1", ingress: [], egress: [awsRule(25)] },
      "aws:ec2/instance:Instance mail-1": { id: "i-1", subnetId: "subnet-0private", vpcSecurityGroupIds: ["sg-1"] },
    };
    const ipsOf = (resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
      stackMail(pulumi(resources)).unset.map(({ ip }) => ip);
    assert.deepEqual(ipsOf({ ...awsVpc, ...gateway }), ["192.0.2.9", null]);
    // The gateway shows one address itself, the first.
    const { "aws:ec2/eip:Eip nat": _, ...ofOthers } = awsVpc;
    assert.deepEqual(ipsOf({ ...ofOthers, ...gateway }), ["192.0.2.9", null]);
    const one = { ...gateway, "aws:ec2/natGateway:NatGateway nat": awsVpc["aws:ec2/natGateway:NatGateway nat"] ?? {} };
    assert.deepEqual(ipsOf({ ...ofOthers, ...one }), ["192.0.2.9"]);
    assert.deepEqual(ipsOf({ ...awsVpc, ...one }), ["192.0.2.9"]);
  });
  it("is there in more than 30 shapes", () => assert.ok(Object.keys(cases).length > 30));
});
