/** Scaleway's API: flexible addresses, IPv6 blocks in IPAM, DNS zones. A PTR is set only where the name leads back. */
import * as ipaddr from "ipaddr.js";
import { boolean, closed, integer, list, object, oneOf, type Schema, text, textOrNull } from "../../json-schema";
import type { Answer, ApiDocument, Call, Vendor, World } from "./fake-api";
import { type ListedRecord, recordList } from "./record-list";

const ipTypes = oneOf("routed_ipv4", "routed_ipv6");
const shownIp = object({
  ip: object({
    id: text,
    address: textOrNull,
    prefix: text,
    reverse: textOrNull,
    server: { type: "object", nullable: true },
    organization: text,
    project: text,
    tags: list(text),
    type: ipTypes,
    state: oneOf("unknown_state", "detached", "attached", "pending", "error"),
    zone: text,
    ipam_id: textOrNull,
  }),
});
const reverses = list(object({ hostname: text, address: textOrNull }));
const shownBlock = object({
  id: text,
  address: text,
  project_id: text,
  is_ipv6: boolean,
  created_at: text,
  updated_at: text,
  source: object({}, { zonal: text }),
  tags: list(text),
  reverses,
  region: text,
});
const recordTypes = oneOf("A", "AAAA", "CNAME", "TXT", "SRV", "TLSA", "MX", "NS", "PTR", "CAA", "ALIAS", "DNAME");
const record = { data: text, name: text, priority: integer, ttl: integer, type: recordTypes, comment: textOrNull };
const shownRecord = object({ ...record, id: text });
const given: Schema = list(closed(record, { id: text, updated_at: textOrNull }));

const document = {
  source:
    "scaleway-sdk-go f8787d0 (Apache-2.0), generated from the vendor's API description: api/instance/v1, api/ipam/v1, " +
    "api/domain/v2beta1; the forward look-up: scaleway.com/en/docs/instances/how-to/configure-reverse-dns",
  date: "2026-11-21",
  operations: {
    "POST /instance/v1/zones/{zone}/ips": {
      request: closed({}, { organization: text, project: text, tags: list(text), server: text, type: ipTypes }),
      answers: { 201: shownIp },
    },
    "GET /instance/v1/zones/{zone}/ips/{id}": { answers: { 200: shownIp } },
    "PATCH /instance/v1/zones/{zone}/ips/{id}": {
      request: closed({}, { reverse: textOrNull, tags: list(text), type: ipTypes, server: textOrNull }),
      answers: { 200: shownIp },
    },
    "DELETE /instance/v1/zones/{zone}/ips/{id}": { answers: { 204: null } },
    "GET /ipam/v1/regions/{region}/ips": {
      query: [
        ...["order_by", "page", "page_size", "project_id", "organization_id", "zonal", "vpc_id", "private_network_id"],
        ...[
          "attached",
          "resource_id",
          "resource_type",
          "resource_types",
          "mac_address",
          "tags",
          "is_ipv6",
          "resource_name",
        ],
      ],
      answers: { 200: object({ ips: list(shownBlock), total_count: integer }) },
    },
    "GET /ipam/v1/regions/{region}/ips/{id}": { answers: { 200: shownBlock } },
    "PATCH /ipam/v1/regions/{region}/ips/{id}": {
      request: closed({}, { tags: list(text), reverses: { ...reverses, nullable: true } }),
      answers: { 200: shownBlock },
    },
    "GET /domain/v2beta1/dns-zones": {
      query: ["domain", "dns_zone", "dns_zones", "order_by", "page", "page_size", "project_id", "organization_id"],
      answers: {
        200: object({
          dns_zones: list(
            object({
              domain: text,
              subdomain: text,
              ns: list(text),
              ns_default: list(text),
              status: text,
              project_id: text,
            }),
          ),
          total_count: integer,
        }),
      },
    },
    "GET /domain/v2beta1/dns-zones/{zone}/records": {
      query: ["name", "type", "id", "order_by", "page", "page_size", "project_id"],
      answers: { 200: object({ records: list(shownRecord), total_count: integer }) },
    },
    "PATCH /domain/v2beta1/dns-zones/{zone}/records": {
      request: closed(
        {
          changes: list({
            anyOf: [
              closed({ add: object({ records: given }) }),
              closed({ set: object({ records: given }, { id: text }) }),
              closed({ delete: object({}, { id: text }) }),
            ],
          }),
          disallow_new_zone_creation: boolean,
        },
        { return_all_records: boolean },
      ),
      answers: { 200: object({ records: list(shownRecord) }) },
    },
  },
  error: object({ type: text, message: text }),
} satisfies ApiDocument;

interface Ip {
  readonly id: string;
  readonly zone: string;
  readonly type: "routed_ipv4" | "routed_ipv6";
  /** IPv6: the network. */
  readonly address: string;
  readonly tags: readonly string[];
  /** Of an IPv6 network, its id in IPAM. */
  readonly block: string | null;
}

const PROJECT = "105bdce1-64c0-48ab-899d-868455867ecf";
const SINCE = "2026-11-21T00:00:00Z";

interface Change {
  readonly add?: { readonly records: readonly Readonly<Record<string, unknown>>[] };
  readonly set?: { readonly id?: string; readonly records: readonly Readonly<Record<string, unknown>>[] };
  readonly delete?: { readonly id?: string };
}

/** @param dnsZone the one DNS zone of the project */
export function scalewayVendor(world: World, dnsZone: string): Vendor<typeof document> {
  const ips = new Map<string, Ip>();
  /** PTRs of one's own, by canonical address. */
  const ptrs = new Map<string, string>();
  const lost = new Map<string, string | null>();
  const records = recordList(world, dnsZone);
  let lastId = 0;

  const newId = (kind: number) => {
    lastId += 1;
    return `${kind}0000000-0000-4000-8000-${String(lastId).padStart(12, "0")}`;
  };
  const refusal = (status: number, message: string) => ({
    type: status === 429 ? "too_many_requests" : "internal",
    message,
  });
  const missing = (resource: string, id = ""): Answer => ({
    status: 404,
    json: { type: "not_found", resource, resource_id: id, message: "resource is not found" },
  });
  const refused = (argument: string, help: string): Answer => ({
    status: 400,
    json: {
      type: "invalid_arguments",
      message: "invalid argument(s)",
      details: [{ argument_name: argument, reason: "constraint", help_message: help }],
    },
  });

  const genericName = ({ id }: Ip) => `${id}.pub.instances.scw.cloud`;
  const setPtr = async (address: string, name: string | null, fallback: string | null): Promise<void> => {
    const key = ipaddr.parse(address).toString();
    if (name === null) ptrs.delete(key);
    else ptrs.set(key, name);
    await world.setPtr(key, name ?? fallback);
  };
  const leadsTo = async (name: string, address: string): Promise<boolean> => {
    const own = ipaddr.parse(address).toString();
    const found = await world.resolve(name.replace(/\.$/, ""), own.includes(":") ? "AAAA" : "A");
    return found.some((each) => ipaddr.parse(each).toString() === own);
  };
  const show = (ip: Ip) => ({
    ip: {
      id: ip.id,
      address: ip.type === "routed_ipv4" ? ip.address : null,
      prefix: ip.type === "routed_ipv4" ? `${ip.address}/32` : `${ip.address}/64`,
      reverse: ip.type === "routed_ipv4" ? (ptrs.get(ip.address) ?? genericName(ip)) : null,
      server: null,
      organization: PROJECT,
      project: PROJECT,
      tags: ip.tags,
      type: ip.type,
      state: "detached",
      zone: ip.zone,
      ipam_id: ip.block ?? newId(9),
    },
  });
  const withIp = async ({ path }: Call, use: (ip: Ip) => Answer | Promise<Answer>): Promise<Answer> => {
    const ip = [...ips.values()].find(
      ({ id, address, zone }) => [id, address].includes(path.id ?? "") && zone === path.zone,
    );
    return ip === undefined ? missing("instance_ip", path.id) : use(ip);
  };

  const regionOf = ({ zone }: Ip) => zone.replace(/-\d+$/, "");
  const ptrsIn = (ip: Ip) =>
    [...ptrs].flatMap(([address, hostname]) =>
      address.includes(":") && ipaddr.IPv6.parse(address).match(ipaddr.IPv6.parse(ip.address), 64)
        ? [{ hostname, address }]
        : [],
    );
  const showBlock = (ip: Ip) => ({
    id: ip.block,
    address: `${ip.address}/64`,
    project_id: PROJECT,
    is_ipv6: true,
    created_at: SINCE,
    updated_at: SINCE,
    source: { zonal: ip.zone },
    resource: null,
    tags: [],
    reverses: ptrsIn(ip),
    region: regionOf(ip),
    zone: ip.zone,
  });
  const withBlock = async ({ path }: Call, use: (ip: Ip) => Answer | Promise<Answer>): Promise<Answer> => {
    const ip = [...ips.values()].find((each) => each.block === path.id && regionOf(each) === path.region);
    return ip === undefined ? missing("ip", path.id) : use(ip);
  };

  const listed = ({ type, name, data, ttl, priority }: Readonly<Record<string, unknown>>): ListedRecord => ({
    type: String(type),
    name: String(name),
    value: String(data),
    ttl: Number(ttl),
    ...(type === "MX" && { priority: Number(priority) }),
  });
  /** MX with its preference and text in quotes, as the API answers them. */
  const showRecord = (id: string, { type, name, value, ttl, priority = 0 }: ListedRecord) => ({
    id,
    type,
    name,
    data: type === "MX" ? `${priority} ${value}` : type === "TXT" && !value.startsWith('"') ? `"${value}"` : value,
    ttl,
    priority,
    comment: null,
  });

  return {
    document,
    refusal,
    left: () => [
      ...[...ips.values()].map(({ address }) => `IP ${address}`),
      ...[...ptrs.keys()].map((address) => `PTR ${address}`),
      ...records.left(),
    ],
    losePtr: async (address) => {
      lost.set(address, ptrs.get(address) ?? null);
      const ip = [...ips.values()].find((each) => each.address === address);
      await setPtr(address, null, ip === undefined ? null : genericName(ip));
    },
    // The plugin's Read of an IPv6 PTR looks for the block alone.
    setPtrAgain: async (address) => {
      const name = lost.get(address);
      if (!address.includes(":") || name === undefined) return false;
      await setPtr(address, name, null);
      return true;
    },
    operations: {
      "POST /instance/v1/zones/{zone}/ips": async ({ path, body }) => {
        const type = body.type === "routed_ipv6" ? "routed_ipv6" : "routed_ipv4";
        const ip: Ip = {
          id: newId(1),
          zone: path.zone ?? "",
          type,
          address: await world.allocate(type === "routed_ipv6" ? 6 : 4),
          tags: (body.tags ?? []) as readonly string[],
          block: type === "routed_ipv6" ? newId(2) : null,
        };
        ips.set(ip.id, ip);
        if (type === "routed_ipv4") await setPtr(ip.address, null, genericName(ip));
        return { status: 201, json: show(ip) };
      },
      "GET /instance/v1/zones/{zone}/ips/{id}": (call) => withIp(call, (ip) => ({ status: 200, json: show(ip) })),
      "PATCH /instance/v1/zones/{zone}/ips/{id}": (call) =>
        withIp(call, async (ip) => {
          const { reverse } = call.body;
          if (typeof reverse === "string" && reverse !== "" && !(await leadsTo(reverse, ip.address))) {
            const command = `dig +short ${reverse}`;
            return refused(
              "reverse",
              `Your reverse must resolve. Ensure the command '${command}' matches your IP address ${ip.address}`,
            );
          }
          if (reverse !== undefined) await setPtr(ip.address, reverse ? String(reverse) : null, genericName(ip));
          return { status: 200, json: show(ip) };
        }),
      "DELETE /instance/v1/zones/{zone}/ips/{id}": (call) =>
        withIp(call, async (ip) => {
          for (const { address } of ptrsIn(ip)) ptrs.delete(address);
          ptrs.delete(ip.address);
          ips.delete(ip.id);
          await world.release(ip.address);
          return { status: 204 };
        }),
      "GET /ipam/v1/regions/{region}/ips": ({ path }) => {
        const found = [...ips.values()]
          .filter((ip) => ip.block !== null && regionOf(ip) === path.region)
          .map(showBlock);
        return { status: 200, json: { ips: found, total_count: found.length } };
      },
      "GET /ipam/v1/regions/{region}/ips/{id}": (call) =>
        withBlock(call, (ip) => ({ status: 200, json: showBlock(ip) })),
      "PATCH /ipam/v1/regions/{region}/ips/{id}": (call) =>
        withBlock(call, async (ip) => {
          const wanted = (call.body.reverses ?? []) as readonly {
            readonly hostname: string;
            readonly address: string;
          }[];
          for (const { hostname, address } of wanted) {
            if (await leadsTo(hostname, address)) continue;
            return refused(
              "reverses",
              `Your reverse must resolve. Ensure the command 'dig +short AAAA ${hostname}' matches`,
            );
          }
          for (const { hostname, address } of wanted) await setPtr(address, hostname, null);
          for (const { address } of ptrsIn(ip)) {
            if (!wanted.some((each) => ipaddr.parse(each.address).toString() === address))
              await setPtr(address, null, null);
          }
          return { status: 200, json: showBlock(ip) };
        }),
      "GET /domain/v2beta1/dns-zones": () => ({
        status: 200,
        json: {
          dns_zones: [
            {
              domain: dnsZone,
              subdomain: "",
              ns: [],
              ns_default: [],
              ns_master: [],
              status: "active",
              message: null,
              updated_at: SINCE,
              project_id: PROJECT,
              linked_products: [],
            },
          ],
          total_count: 1,
        },
      }),
      "GET /domain/v2beta1/dns-zones/{zone}/records": ({ path, query }) => {
        if (path.zone !== dnsZone) return missing("dns_zone", path.zone);
        const [id, name, type] = ["id", "name", "type"].map((key) => query.get(key) ?? "");
        const found = records
          .all()
          .filter(([own]) => id === "" || own === id)
          .filter(([, each]) => id !== "" || name === "" || each.name === name)
          .filter(([, each]) => ["", "unknown", each.type].includes(type ?? ""))
          .map(([own, each]) => showRecord(own, each));
        return { status: 200, json: { records: found, total_count: found.length } };
      },
      "PATCH /domain/v2beta1/dns-zones/{zone}/records": async ({ path, body }) => {
        if (path.zone !== dnsZone) {
          return { status: 403, json: { type: "permissions_denied", message: "insufficient permissions" } };
        }
        for (const change of body.changes as readonly Change[]) {
          for (const each of change.add?.records ?? []) await records.add(listed(each), newId(3));
          const [set] = change.set?.records ?? [];
          if (set !== undefined) await records.change(change.set?.id ?? "", listed(set));
          const gone = change.delete?.id;
          if (gone !== undefined && records.get(gone) === undefined) return missing("record", gone);
          if (gone !== undefined) await records.remove(gone);
        }
        return { status: 200, json: { records: [] } };
      },
    },
  };
}
