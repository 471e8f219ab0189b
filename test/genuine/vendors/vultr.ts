/** Vultr's API: reserved addresses, PTRs through the instance that has the address, domains. */
import * as ipaddr from "ipaddr.js";
import { closed, integer, list, object, oneOf, text } from "../../json-schema";
import type { Answer, ApiDocument, Call, Vendor, World } from "./fake-api";
import { type ListedRecord, recordList } from "./record-list";

const shownReserved = object({
  reserved_ip: object(
    {},
    { id: text, region: text, ip_type: text, subnet: text, subnet_size: integer, label: text, instance_id: text },
  ),
});
const shownRecord = object({
  record: object({}, { id: text, type: text, name: text, data: text, priority: integer, ttl: integer }),
});
const meta = object({}, { total: integer, links: object({}, { next: text, prev: text }) });
const named = closed({ ip: text, reverse: text });

const document = {
  source:
    "api/openapi.yaml of vultr/vultr-csharp 06251bc (2023-12), the vendor's own; beyond it, from govultr 3.19.1 (MIT): " +
    "`instance_id` of a new reserved address, `priority` -1 in answers, 200 with the attached address",
  date: "2026-11-21",
  operations: {
    "POST /reserved-ips": {
      request: closed({ region: text, ip_type: oneOf("v4", "v6") }, { label: text, instance_id: text }),
      answers: { 201: shownReserved },
    },
    "GET /reserved-ips/{id}": { answers: { 200: shownReserved } },
    "DELETE /reserved-ips/{id}": { answers: { 204: null } },
    "POST /reserved-ips/{id}/attach": { request: closed({ instance_id: text }), answers: { 204: null } },
    "GET /instances/{instance}/ipv4": {
      query: ["public_network", "per_page", "cursor"],
      answers: {
        200: object({
          ipv4s: list(
            object({}, { ip: text, netmask: text, gateway: text, type: text, reverse: text, mac_address: text }),
          ),
          meta,
        }),
      },
    },
    "POST /instances/{instance}/ipv4/reverse": { request: named, answers: { 204: null } },
    "POST /instances/{instance}/ipv4/reverse/default": { request: closed({ ip: text }), answers: { 204: null } },
    "GET /instances/{instance}/ipv6/reverse": {
      answers: { 200: object({ reverse_ipv6s: list(object({}, { ip: text, reverse: text })) }) },
    },
    "POST /instances/{instance}/ipv6/reverse": { request: named, answers: { 204: null } },
    "DELETE /instances/{instance}/ipv6/reverse/{ip}": { answers: { 204: null } },
    "GET /domains/{domain}": {
      answers: { 200: object({ domain: object({}, { domain: text, date_created: text, dns_sec: text }) }) },
    },
    "POST /domains/{domain}/records": {
      request: closed({ name: text, type: text, data: text }, { ttl: integer, priority: integer }),
      answers: { 201: shownRecord },
    },
    "GET /domains/{domain}/records/{id}": { answers: { 200: shownRecord } },
    "PATCH /domains/{domain}/records/{id}": {
      request: closed({}, { name: text, data: text, ttl: integer, priority: integer }),
      answers: { 204: null },
    },
    "DELETE /domains/{domain}/records/{id}": { answers: { 204: null } },
  },
  error: object({ error: text, status: integer }),
} satisfies ApiDocument;

interface Reserved {
  readonly id: string;
  readonly region: string;
  readonly ip_type: "v4" | "v6";
  readonly subnet: string;
  readonly label: string;
  instance_id: string;
}

/** All 32 digits. */
function writtenOut(address: string): string {
  const { parts } = ipaddr.IPv6.parse(address);
  return parts.map((part) => part.toString(16).padStart(4, "0")).join(":");
}

/** The instance that the account has. */
export const INSTANCE = "cb676a46-66fd-4dfb-b839-443f2e6c0b60";

/** @param zone the one domain of the account */
export function vultrVendor(world: World, zone: string): Vendor<typeof document> {
  const reserved = new Map<string, Reserved>();
  /** PTRs of one's own, by canonical address. */
  const ptrs = new Map<string, string>();
  const records = recordList(world, zone);
  let lastId = 0;

  const newId = (kind: number) => {
    lastId += 1;
    return `${kind}0000000-0000-4000-8000-${String(lastId).padStart(12, "0")}`;
  };
  const refusal = (status: number, message: string) => ({ error: message, status });
  const refused = (status: number, message: string): Answer => ({ status, json: refusal(status, message) });
  const genericName = (address: string) => `${address}.vultrusercontent.com`;
  const canonical = (address: string) => ipaddr.parse(address).toString();

  const withReserved = async (
    { path }: Call,
    use: (address: Reserved) => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    const address = reserved.get(path.id ?? "");
    return address === undefined ? refused(404, "Invalid reserved-ip ID") : use(address);
  };
  const show = (address: Reserved) => ({
    reserved_ip: { ...address, subnet_size: address.ip_type === "v4" ? 32 : 64 },
  });
  const attached = (family: "v4" | "v6") =>
    [...reserved.values()].filter(({ ip_type, instance_id }) => ip_type === family && instance_id === INSTANCE);
  const has = (address: string): boolean => {
    const own = ipaddr.parse(address);
    if (own.kind() === "ipv4") return attached("v4").some(({ subnet }) => subnet === address);
    return attached("v6").some(({ subnet }) => own.match(ipaddr.parse(subnet), 64));
  };
  /** @param name null: the vendor's own, or none */
  const setPtr = async (address: string, name: string | null): Promise<void> => {
    const key = canonical(address);
    if (name === null) ptrs.delete(key);
    else ptrs.set(key, name);
    await world.setPtr(key, name ?? (key.includes(":") ? null : genericName(key)));
  };
  const onInstance = async ({ path, body }: Call, use: (address: string) => Promise<void>): Promise<Answer> => {
    const address = String(body.ip ?? path.ip);
    if (path.instance !== INSTANCE) return refused(404, "Invalid instance.");
    if (!has(address)) return refused(400, "Invalid IP address");
    await use(address);
    return { status: 204 };
  };
  const inDomain = async ({ path }: Call, use: () => Answer | Promise<Answer>): Promise<Answer> =>
    path.domain === zone ? use() : refused(404, "Invalid domain.");
  const withRecord = (call: Call, use: (id: string, record: ListedRecord) => Answer | Promise<Answer>) =>
    inDomain(call, () => {
      const id = call.path.id ?? "";
      const record = records.get(id);
      return record === undefined ? refused(404, "Invalid DNS record.") : use(id, record);
    });
  const dotted = ({ type, value, ...rest }: ListedRecord): ListedRecord => ({
    ...rest,
    type,
    value: ["MX", "CNAME", "NS"].includes(type) && !value.endsWith(".") ? `${value}.` : value,
  });
  const undotted = ({ type, value }: ListedRecord) =>
    ["MX", "CNAME", "NS"].includes(type) ? value.replace(/\.$/, "") : value;
  const showRecord = (id: string, record: ListedRecord) => ({
    record: {
      id,
      type: record.type,
      name: record.name,
      data: undotted(record),
      priority: record.priority ?? -1,
      ttl: record.ttl,
    },
  });

  return {
    document,
    refusal,
    left: () => [
      ...[...reserved.values()].map(({ subnet }) => `reserved IP ${subnet}`),
      ...[...ptrs.keys()].map((address) => `PTR ${address}`),
      ...records.left(),
    ],
    losePtr: (address) => setPtr(address, null),
    operations: {
      "POST /reserved-ips": async ({ body }) => {
        const family = body.ip_type === "v6" ? "v6" : "v4";
        if (!["", undefined, INSTANCE].includes(body.instance_id as string)) return refused(404, "Invalid instance.");
        const address: Reserved = {
          id: newId(1),
          region: String(body.region),
          ip_type: family,
          subnet: await world.allocate(family === "v4" ? 4 : 6),
          label: String(body.label ?? ""),
          instance_id: String(body.instance_id ?? ""),
        };
        reserved.set(address.id, address);
        if (family === "v4") await setPtr(address.subnet, null);
        return { status: 201, json: show(address) };
      },
      "GET /reserved-ips/{id}": (call) => withReserved(call, (address) => ({ status: 200, json: show(address) })),
      "DELETE /reserved-ips/{id}": (call) =>
        withReserved(call, async ({ id, subnet }) => {
          reserved.delete(id);
          await world.release(subnet);
          const gone = ipaddr.parse(subnet);
          for (const own of ptrs.keys()) {
            const address = ipaddr.parse(own);
            if (address.kind() === gone.kind() && address.match(gone, subnet.includes(":") ? 64 : 32)) ptrs.delete(own);
          }
          return { status: 204 };
        }),
      "POST /reserved-ips/{id}/attach": (call) =>
        withReserved(call, (address) => {
          if (call.body.instance_id !== INSTANCE) return refused(404, "Invalid instance.");
          address.instance_id = INSTANCE;
          return { status: 204 };
        }),
      "GET /instances/{instance}/ipv4": ({ path }) => {
        if (path.instance !== INSTANCE) return refused(404, "Invalid instance.");
        const ipv4s = attached("v4").map(({ subnet }) => ({
          ip: subnet,
          netmask: "255.255.254.0",
          gateway: "198.18.7.1",
          type: "secondary_ip",
          reverse: ptrs.get(subnet) ?? genericName(subnet),
          mac_address: "",
        }));
        return { status: 200, json: { ipv4s, meta: { total: ipv4s.length, links: { next: "", prev: "" } } } };
      },
      "POST /instances/{instance}/ipv4/reverse": (call) =>
        onInstance(call, (address) => setPtr(address, String(call.body.reverse))),
      "POST /instances/{instance}/ipv4/reverse/default": (call) => onInstance(call, (address) => setPtr(address, null)),
      "GET /instances/{instance}/ipv6/reverse": ({ path }) => {
        if (path.instance !== INSTANCE) return refused(404, "Invalid instance.");
        const reverse_ipv6s = [...ptrs].flatMap(([own, reverse]) =>
          own.includes(":") ? [{ ip: writtenOut(own), reverse }] : [],
        );
        return { status: 200, json: { reverse_ipv6s } };
      },
      "POST /instances/{instance}/ipv6/reverse": (call) =>
        onInstance(call, (address) => setPtr(address, String(call.body.reverse))),
      "DELETE /instances/{instance}/ipv6/reverse/{ip}": (call) => onInstance(call, (address) => setPtr(address, null)),
      "GET /domains/{domain}": (call) =>
        inDomain(call, () => ({
          status: 200,
          json: { domain: { domain: zone, date_created: "2026-01-01T00:00:00+00:00", dns_sec: "disabled" } },
        })),
      "POST /domains/{domain}/records": (call) =>
        inDomain(call, async () => {
          const { name, type, data, ttl, priority } = call.body;
          const record = dotted({
            type: String(type),
            name: String(name),
            value: String(data),
            ttl: typeof ttl === "number" ? ttl : 3600,
            ...(type === "MX" && { priority: Number(priority ?? 0) }),
          });
          const id = await records.add(record, newId(2));
          return { status: 201, json: showRecord(id, record) };
        }),
      "GET /domains/{domain}/records/{id}": (call) =>
        withRecord(call, (id, record) => ({ status: 200, json: showRecord(id, record) })),
      "PATCH /domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id, before) => {
          const { name, data, ttl, priority } = call.body;
          const record = dotted({
            ...before,
            ...(name !== undefined && { name: String(name) }),
            ...(data !== undefined && { value: String(data) }),
            ...(ttl !== undefined && { ttl: Number(ttl) }),
            ...(priority !== undefined && before.type === "MX" && { priority: Number(priority) }),
          });
          await records.change(id, record);
          return { status: 204 };
        }),
      "DELETE /domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id) => {
          await records.remove(id);
          return { status: 204 };
        }),
    },
  };
}
