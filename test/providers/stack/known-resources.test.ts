import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { currentType, knownResources, wrapperOf } from "../../../providers/internal/stack/known-resources";
import { unversionedType } from "../../../providers/internal/stack/stack-resource";
import { fromTerraformShow } from "../../../providers/internal/stack/terraform";

const ROOT = join(__dirname, "..", "..", "..");

describe("the types of resources that the providers know", () => {
  const tokens = knownResources.flatMap(({ type, facts }) => [type, ...(facts.formerly ?? [])]);
  it("are each said by one provider", () => {
    assert.ok(tokens.length > 100);
    assert.deepEqual(
      tokens.filter((type, index) => tokens.indexOf(type) !== index),
      [],
    );
  });
  it("have no API version", () => {
    assert.deepEqual(
      tokens.filter((type) => unversionedType(type) !== type),
      [],
    );
  });
  it("point to types that hold an address", () => {
    const holders = new Set(knownResources.filter(({ facts }) => facts.addresses).map(({ type }) => type));
    const named = knownResources.flatMap(({ facts }) =>
      [facts.ptr ?? []].flat().flatMap(({ address }) => (typeof address === "string" ? [] : address.types)),
    );
    assert.deepEqual(
      named.filter((type) => !holders.has(type)),
      [],
    );
  });
  it("are said to lose a PTR in no other way than their cloud's capabilities say", () => {
    const told = knownResources.filter(({ facts }) => facts.afterLoss !== undefined);
    assert.ok(told.length > 0);
    for (const { type, facts, provider } of told) {
      const ways = Object.values(provider?.cloud?.capabilities.reverse ?? {}).map(({ afterLoss }) => afterLoss);
      assert.ok(ways.includes(facts.afterLoss), type);
    }
  });
  it("are found by older tokens and API versions", () => {
    assert.equal(currentType("scaleway:index/instanceIp:InstanceIp"), "scaleway:instance/ip:Ip");
    assert.equal(currentType("azure-native:network/v20230901:PublicIPAddress"), "azure-native:network:PublicIPAddress");
    assert.equal(currentType("google-native:dns/v1beta2:ManagedZone"), "google-native:dns:ManagedZone");
    assert.equal(currentType("google-native:compute/beta:Instance"), "google-native:compute:Instance");
    assert.equal(currentType("example:index/thing:Thing"), "example:index/thing:Thing");
    assert.equal(currentType("aws:lex/v2modelsBot:V2modelsBot"), "aws:lex/v2modelsBot:V2modelsBot");
  });
  it("are read without loading Pulumi or an SDK", () => {
    const script = `
      require("./register.js");
      for (const file of ["sending-addresses", "held-addresses", "forward-records", "terraform", "pulumi-export"])
        require("./providers/internal/stack/" + file);
      const packages = Object.keys(require.cache).map((file) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1]);
      console.log([...new Set(packages)].filter((name) => /^@(?:pulumi|pulumiverse|ediri|ovhcloud)\\//.test(name ?? "")).join());`;
    assert.equal(execFileSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" }).trim(), "");
  });
});

/** As in the Terraform providers' own documentation. */
const wrapped = {
  alicloud_eip_address: "alicloud:ecs/eipAddress:EipAddress",
  aws_instance: "aws:ec2/instance:Instance",
  aws_lightsail_static_ip: "aws:lightsail/staticIp:StaticIp",
  aws_route53_zone_association: "aws:route53/zoneAssociation:ZoneAssociation",
  azurerm_dns_a_record: "azure:dns/aRecord:ARecord",
  bunnynet_dns_record: "bunnynet:index/dnsRecord:DnsRecord",
  contabo_instance: "contabo:index/instance:Instance",
  digitalocean_reserved_ipv6: "digitalocean:index/reservedIpv6:ReservedIpv6",
  equinix_metal_device: "equinix:metal/device:Device",
  google_compute_instance_from_template: "gcp:compute/instanceFromTemplate:InstanceFromTemplate",
  hcloud_zone_record: "hcloud:index/zoneRecord:ZoneRecord",
  hetznerdns_record: "hetznerdns:index/record:Record",
  namecheap_domain_records: "namecheap:index/domainRecords:DomainRecords",
  ns1_record: "ns1:index/record:Record",
  oci_core_public_ip: "oci:Core/publicIp:PublicIp",
  openstack_dns_recordset_v2: "openstack:dns/recordSet:RecordSet",
  ovh_cloud_project_instance: "ovh:CloudProject/instance:Instance",
  ovh_domain_zone_record: "ovh:Domain/zoneRecord:ZoneRecord",
  porkbun_dns_record: "porkbun:index/dnsRecord:DnsRecord",
  scaleway_instance_server: "scaleway:instance/server:Server",
  scaleway_vpc_public_gateway_ip: "scaleway:network/publicGatewayIp:PublicGatewayIp",
  tencentcloud_eip: "tencentcloud:Eip/instance:Instance",
  vultr_bare_metal_server: "vultr:index/bareMetalServer:BareMetalServer",
};

describe("Terraform's types", () => {
  for (const [type, wrapper] of Object.entries(wrapped)) {
    it(`${type} is wrapped by ${wrapper}`, () => assert.equal(wrapperOf(type)?.type, wrapper));
  }
  it("are wrapped by no native provider", () => {
    assert.equal(wrapperOf("azure-native_network"), undefined);
    assert.equal(wrapperOf("aws-native_ec2"), undefined);
  });
  it("name repeated blocks in the singular", () => {
    const [machine] = fromTerraformShow({
      format_version: "1.0",
      values: {
        root_module: {
          resources: [
            {
              address: "google_compute_instance_from_template.mail",
              mode: "managed",
              type: "google_compute_instance_from_template",
              values: { network_interface: [{ access_config: [{ nat_ip: "192.0.2.60" }] }] },
            },
          ],
        },
      },
    });
    assert.deepEqual(machine?.properties, { networkInterfaces: [{ accessConfigs: [{ natIp: "192.0.2.60" }] }] });
  });
});
