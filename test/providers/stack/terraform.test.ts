import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sendingAddresses } from "../../../providers/internal/stack/sending-addresses";
import { fromTerraformShow } from "../../../providers/internal/stack/terraform";
import { UnreadableStack } from "../../../providers/internal/stack/unreadable-stack";

const resource = (type: string, values: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  address: `${type}.mail`,
  mode: "managed",
  type,
  name: "mail",
  values,
  ...more,
});
const state = (...resources: unknown[]) => ({ format_version: "1.0", values: { root_module: { resources } } });
const found = (json: unknown) => sendingAddresses(fromTerraformShow(json)).map((each) => `${each.ip} ${each.hostname}`);

describe("what terraform show -json writes", () => {
  const cases: readonly [string, unknown[], string[]][] = [
    [
      "hcloud_rdns",
      [resource("hcloud_rdns", { ip_address: "192.0.2.10", dns_ptr: "mail.example.com" })],
      ["192.0.2.10 mail.example.com"],
    ],
    [
      "aws_eip_domain_name",
      [
        resource("aws_eip", { id: "eipalloc-1", allocation_id: "eipalloc-1", public_ip: "192.0.2.20" }),
        resource("aws_eip_domain_name", { allocation_id: "eipalloc-1", domain_name: "mail.example.com" }),
      ],
      ["192.0.2.20 mail.example.com"],
    ],
    [
      "digitalocean_droplet",
      [resource("digitalocean_droplet", { name: "mail.example.com", ipv4_address: "192.0.2.30" })],
      ["192.0.2.30 mail.example.com"],
    ],
    [
      "linode_rdns",
      [resource("linode_rdns", { address: "2001:db8::40", rdns: "mail.example.com" })],
      ["2001:db8::40 mail.example.com"],
    ],
    [
      "vultr_reverse_ipv4",
      [resource("vultr_reverse_ipv4", { ip: "192.0.2.50", reverse: "mail.example.com" })],
      ["192.0.2.50 mail.example.com"],
    ],
    [
      "google_compute_instance",
      [
        resource("google_compute_instance", {
          network_interface: [
            {
              access_config: [{ nat_ip: "192.0.2.60", public_ptr_domain_name: "mail.example.com." }],
              ipv6_access_config: [{ external_ipv6: "2001:db8::60", public_ptr_domain_name: "mail.example.com." }],
            },
          ],
        }),
      ],
      ["192.0.2.60 mail.example.com", "2001:db8::60 mail.example.com"],
    ],
    [
      "azurerm_public_ip",
      [resource("azurerm_public_ip", { ip_address: "192.0.2.70", reverse_fqdn: "mail.example.com." })],
      ["192.0.2.70 mail.example.com"],
    ],
    [
      "ovh_ip_reverse",
      [resource("ovh_ip_reverse", { ip: "192.0.2.80/32", ip_reverse: "192.0.2.80", reverse: "mail.example.com." })],
      ["192.0.2.80 mail.example.com"],
    ],
    [
      "aws_route53_record PTR",
      [
        resource("aws_route53_record", {
          fqdn: "10.2.0.192.in-addr.arpa",
          name: "10",
          type: "PTR",
          records: ["mail.example.com"],
        }),
      ],
      ["192.0.2.10 mail.example.com"],
    ],
    [
      "dns_ptr_record",
      [resource("dns_ptr_record", { zone: "2.0.192.in-addr.arpa.", name: "10", ptr: "mail.example.com." })],
      ["192.0.2.10 mail.example.com"],
    ],
  ];
  for (const [type, resources, expected] of cases) {
    it(`shows addresses of ${type}`, () => assert.deepEqual(found(state(...resources)), expected));
  }

  it("is read through all modules, without data sources", () => {
    const json = {
      format_version: "1.0",
      values: {
        root_module: {
          resources: [resource("linode_rdns", { address: "192.0.2.1", rdns: "data.example.com" }, { mode: "data" })],
          child_modules: [
            {
              child_modules: [
                {
                  resources: [
                    resource(
                      "linode_rdns",
                      { address: "192.0.2.2", rdns: "mail.example.com" },
                      { address: "module.a.module.b.linode_rdns.mail" },
                    ),
                  ],
                },
              ],
            },
          ],
        },
      },
    };
    assert.equal(fromTerraformShow(json)[0]?.urn, "module.a.module.b.linode_rdns.mail");
    assert.deepEqual(found(json), ["192.0.2.2 mail.example.com"]);
  });

  it("leaves the PTRs of a private zone alone, whose networks are blocks of the zone or resources of their own", () => {
    const zone = (more: Record<string, unknown>) =>
      resource("aws_route53_zone", { id: "Z1", zone_id: "Z1", name: "2.0.192.in-addr.arpa", ...more });
    const ptr = resource("aws_route53_record", {
      zone_id: "Z1",
      fqdn: "10.2.0.192.in-addr.arpa",
      name: "10",
      type: "PTR",
      records: ["mail.example.com"],
    });
    assert.deepEqual(found(state(zone({}), ptr)), ["192.0.2.10 mail.example.com"]);
    assert.deepEqual(found(state(zone({ vpc: [{ vpc_id: "vpc-1" }] }), ptr)), []);
    const joined = resource("aws_route53_zone_association", { id: "Z1:vpc-1", zone_id: "Z1", vpc_id: "vpc-1" });
    assert.deepEqual(found(state(zone({}), joined, ptr)), []);
  });

  it("may be a plan, where addresses are not known yet", () => {
    const json = {
      format_version: "1.2",
      planned_values: { root_module: { resources: [resource("hcloud_rdns", { dns_ptr: "mail.example.com" })] } },
      resource_changes: [{ address: "hcloud_rdns.mail", change: { after_unknown: { ip_address: true, id: true } } }],
    };
    assert.deepEqual(found(json), ["null mail.example.com"]);
    assert.deepEqual(fromTerraformShow(json)[0]?.unknown, ["ipAddress", "id"]);
  });

  it("keeps sensitive values to itself", () => {
    const json = state(
      resource(
        "hcloud_rdns",
        { ip_address: "192.0.2.10", dns_ptr: "mail.example.com" },
        { sensitive_values: { ip_address: true } },
      ),
    );
    assert.deepEqual(found(json), ["null mail.example.com"]);
  });

  it("may hold nothing", () => assert.deepEqual(fromTerraformShow({ format_version: "1.0" }), []));

  it("is distinguished from other files", () => {
    assert.throws(() => fromTerraformShow({ deployment: {} }), UnreadableStack);
  });
});
