/** Linode's API: reserved addresses, whose PTR is set only where the name leads to them, and domains. */
import { boolean, closed, integer, integerOrNull, list, object, oneOf, text, textOrNull } from "../../json-schema";
import type { Answer, ApiDocument, Call, Vendor, World } from "./fake-api";
import { type ListedRecord, recordList } from "./record-list";

const shownAddress = object({
  address: text,
  gateway: textOrNull,
  subnet_mask: text,
  prefix: integer,
  type: oneOf("ipv4", "ipv6", "ipv6/pool", "ipv6/range"),
  public: boolean,
  rdns: textOrNull,
  linode_id: integerOrNull,
  region: text,
  reserved: boolean,
});
const shownDomain = object({
  id: integer,
  domain: text,
  type: oneOf("master", "slave"),
  status: oneOf("disabled", "active"),
  soa_email: text,
  ttl_sec: integer,
  retry_sec: integer,
  expire_sec: integer,
  refresh_sec: integer,
  master_ips: list(text),
  axfr_ips: list(text),
  tags: list(text),
});
const recordTypes = oneOf("A", "AAAA", "NS", "MX", "CNAME", "TXT", "SRV", "PTR", "CAA");
const recordMembers = {
  name: text,
  target: text,
  priority: integer,
  weight: integer,
  port: integer,
  service: textOrNull,
  protocol: textOrNull,
  ttl_sec: integer,
  tag: textOrNull,
};
const shownRecord = object({ id: integer, type: recordTypes, ...recordMembers });
const done = object({});

const document = {
  source:
    "linodego 1.65.0 (MIT), the vendor's client: network_ips.go, network_reserved_ips.go, instance_ips.go, domains.go, " +
    "domain_records.go; the forward look-up: techdocs.akamai.com/linode-api PUT /networking/ips/{address}",
  date: "2026-11-21",
  operations: {
    // How the plugin finds out whether it reaches the API.
    "GET /v4/linode/types": {
      query: ["page", "page_size"],
      answers: { 200: object({ data: list(object({ id: text })), page: integer, pages: integer, results: integer }) },
    },
    "GET /v4/domains": {
      query: ["page", "page_size"],
      answers: { 200: object({ data: list(shownDomain), page: integer, pages: integer, results: integer }) },
    },
    "GET /v4/domains/{domain}": { answers: { 200: shownDomain } },
    "POST /v4/domains/{domain}/records": {
      request: closed({ type: recordTypes }, recordMembers),
      answers: { 200: shownRecord },
    },
    "GET /v4/domains/{domain}/records/{id}": { answers: { 200: shownRecord } },
    "PUT /v4/domains/{domain}/records/{id}": {
      request: closed({}, { type: recordTypes, ...recordMembers }),
      answers: { 200: shownRecord },
    },
    "DELETE /v4/domains/{domain}/records/{id}": { answers: { 200: done } },
    "GET /v4/networking/ips": {
      query: ["page", "page_size", "skip_ipv6_rdns"],
      answers: { 200: object({ data: list(shownAddress), page: integer, pages: integer, results: integer }) },
    },
    "POST /v4/networking/ips": {
      request: closed(
        { type: oneOf("ipv4"), public: boolean },
        { reserved: boolean, region: text, linode_id: integer },
      ),
      answers: { 200: shownAddress },
    },
    "GET /v4/networking/ips/{address}": { answers: { 200: shownAddress } },
    "PUT /v4/networking/ips/{address}": {
      request: closed({}, { rdns: textOrNull, reserved: boolean }),
      answers: { 200: shownAddress },
    },
    "DELETE /v4/networking/ips/{address}": { answers: { 200: done } },
    "DELETE /v4/networking/reserved/ips/{address}": { answers: { 200: done } },
  },
  error: object({ errors: list(object({ reason: text }, { field: text }), { minItems: 1 }) }),
} satisfies ApiDocument;

const DOMAIN_ID = 31416;

/** @param zone the one domain of the account */
export function linodeVendor(world: World, zone: string): Vendor<typeof document> {
  /** Reserved addresses with the PTR of one's own. */
  const addresses = new Map<string, { readonly region: string; ptr: string | null }>();
  const records = recordList(world, zone);

  const refusal = (status: number, reason: string, field?: string) => ({
    errors: [{ reason: status === 429 ? "Too many requests" : reason, ...(field !== undefined && { field }) }],
  });
  const refused = (status: number, reason: string, field?: string): Answer => ({
    status,
    json: refusal(status, reason, field),
  });
  const missing = () => refused(404, "Not found");
  const genericName = (address: string) => `${address.replaceAll(".", "-")}.ip.linodeusercontent.com`;
  const setPtr = async (address: string, ptr: string | null): Promise<void> => {
    const own = addresses.get(address);
    if (own !== undefined) own.ptr = ptr;
    await world.setPtr(address, ptr ?? genericName(address));
  };
  const show = (address: string, { region, ptr }: { readonly region: string; readonly ptr: string | null }) => ({
    address,
    gateway: null,
    subnet_mask: "255.255.255.0",
    prefix: 24,
    type: "ipv4",
    public: true,
    rdns: ptr ?? genericName(address),
    linode_id: null,
    interface_id: null,
    region,
    reserved: true,
    vpc_nat_1_1: null,
  });
  type Own = Parameters<typeof show>[1];
  const withAddress = async ({ path }: Call, use: (address: string, own: Own) => Answer | Promise<Answer>) => {
    const own = addresses.get(path.address ?? "");
    return own === undefined ? missing() : use(path.address ?? "", own);
  };
  const release = (call: Call) =>
    withAddress(call, async (address) => {
      addresses.delete(address);
      await world.release(address);
      return { status: 200, json: {} };
    });

  const domain = {
    id: DOMAIN_ID,
    domain: zone,
    type: "master",
    status: "active",
    soa_email: `hostmaster@${zone}`,
    ttl_sec: 0,
    retry_sec: 0,
    expire_sec: 0,
    refresh_sec: 0,
    master_ips: [],
    axfr_ips: [],
    tags: [],
    group: "",
    description: "",
  };
  const inDomain = async ({ path }: Call, use: () => Answer | Promise<Answer>): Promise<Answer> =>
    path.domain === String(DOMAIN_ID) ? use() : missing();
  const withRecord = (call: Call, use: (id: string, record: ListedRecord) => Answer | Promise<Answer>) =>
    inDomain(call, () => {
      const id = call.path.id ?? "";
      const record = records.get(id);
      return record === undefined ? missing() : use(id, record);
    });
  /** The API takes names with or without the domain, and answers them without. */
  const relative = (name: string) =>
    name === zone ? "" : name.replace(new RegExp(`\\.${zone.replaceAll(".", "\\.")}$`), "");
  const listed = ({ type, name, target, ttl_sec, priority }: Call["body"]): ListedRecord => ({
    type: String(type),
    name: relative(String(name ?? "")),
    value: type === "MX" ? `${String(target).replace(/\.$/, "")}.` : String(target),
    ttl: Number(ttl_sec ?? 0) || 86400,
    ...(type === "MX" && { priority: Number(priority ?? 10) }),
  });
  const showRecord = (id: string, { type, name, value, ttl, priority }: ListedRecord) => ({
    id: Number(id),
    type,
    name,
    target: type === "MX" ? value.replace(/\.$/, "") : value,
    priority: priority ?? 0,
    weight: 0,
    port: 0,
    service: null,
    protocol: null,
    ttl_sec: ttl === 86400 ? 0 : ttl,
    tag: null,
  });

  return {
    document,
    refusal,
    left: () => [
      ...[...addresses].flatMap(([address, { ptr }]) => [
        `address ${address}`,
        ...(ptr === null ? [] : [`PTR ${address}`]),
      ]),
      ...records.left(),
    ],
    losePtr: (address) => setPtr(address, null),
    operations: {
      "GET /v4/linode/types": () => ({ status: 200, json: { data: [], page: 1, pages: 1, results: 0 } }),
      "GET /v4/domains": () => ({ status: 200, json: { data: [domain], page: 1, pages: 1, results: 1 } }),
      "GET /v4/domains/{domain}": (call) => inDomain(call, () => ({ status: 200, json: domain })),
      "POST /v4/domains/{domain}/records": (call) =>
        inDomain(call, async () => {
          const record = listed(call.body);
          const id = await records.add(record);
          return { status: 200, json: showRecord(id, record) };
        }),
      "GET /v4/domains/{domain}/records/{id}": (call) =>
        withRecord(call, (id, record) => ({ status: 200, json: showRecord(id, record) })),
      "PUT /v4/domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id, before) => {
          const { value, ttl, ...rest } = before;
          const record = listed({ ...rest, target: value, ttl_sec: ttl, ...call.body });
          await records.change(id, record);
          return { status: 200, json: showRecord(id, record) };
        }),
      "DELETE /v4/domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id) => {
          await records.remove(id);
          return { status: 200, json: {} };
        }),
      "GET /v4/networking/ips": () => {
        const data = [...addresses].map(([address, own]) => show(address, own));
        return { status: 200, json: { data, page: 1, pages: 1, results: data.length } };
      },
      "POST /v4/networking/ips": async ({ body }) => {
        const address = await world.allocate(4);
        const own = { region: String(body.region ?? "us-east"), ptr: null };
        addresses.set(address, own);
        await setPtr(address, null);
        return { status: 200, json: show(address, own) };
      },
      "GET /v4/networking/ips/{address}": (call) =>
        withAddress(call, (address, own) => ({ status: 200, json: show(address, own) })),
      "PUT /v4/networking/ips/{address}": (call) =>
        withAddress(call, async (address, own) => {
          const { rdns } = call.body;
          if (typeof rdns === "string" && !(await world.resolve(rdns, "A")).includes(address)) {
            return refused(400, `Unable to perform a lookup for '${rdns}'. RDNS was not changed.`, "rdns");
          }
          if (rdns !== undefined) await setPtr(address, rdns === null ? null : String(rdns));
          return { status: 200, json: show(address, own) };
        }),
      "DELETE /v4/networking/ips/{address}": release,
      "DELETE /v4/networking/reserved/ips/{address}": release,
    },
  };
}
