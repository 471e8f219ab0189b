/** Hetzner Cloud's API: primary addresses with their PTRs, DNS zones. */
import * as ipaddr from "ipaddr.js";
import {
  boolean,
  closed,
  integer,
  integerOrNull,
  list,
  object,
  oneOf,
  type Schema,
  text,
  textOrNull,
} from "../../json-schema";
import type { Answer, ApiDocument, Call, Vendor, World } from "./fake-api";

const recordTypes = oneOf(
  ...[
    "A",
    "AAAA",
    "CAA",
    "CNAME",
    "DS",
    "HINFO",
    "HTTPS",
    "MX",
    "NS",
    "PTR",
    "RP",
    "SOA",
    "SRV",
    "SVCB",
    "TLSA",
    "TXT",
  ],
);
const labels: Schema = { type: "object", additionalProperties: text };
const given = list(closed({ value: text }, { comment: text }), { minItems: 1 });
const shownAction = object({
  id: integer,
  command: text,
  status: oneOf("running", "success", "error"),
  progress: integer,
  started: text,
  finished: textOrNull,
  resources: list(object({ id: integer, type: text })),
  error: { ...object({ code: text, message: text }), nullable: true },
});
const shownAddress = object({
  id: integer,
  name: text,
  ip: text,
  type: oneOf("ipv4", "ipv6"),
  assignee_id: integerOrNull,
  assignee_type: oneOf("server"),
  auto_delete: boolean,
  blocked: boolean,
  created: text,
  dns_ptr: list(object({ ip: text, dns_ptr: text })),
  labels,
  location: object({ id: integer, name: text, network_zone: text, city: text, country: text, description: text }),
  protection: object({ delete: boolean }),
});
const shownSet = object({
  id: text,
  name: text,
  type: recordTypes,
  ttl: integerOrNull,
  labels,
  protection: object({ change: boolean }),
  records: list(object({ value: text }, { comment: text })),
  zone: integer,
});
const shownZone = object({
  id: integer,
  name: text,
  mode: oneOf("primary", "secondary"),
  status: oneOf("ok", "updating", "error"),
  ttl: integer,
  created: text,
  labels,
  record_count: integer,
  registrar: oneOf("hetzner", "other", "unknown"),
  protection: object({ delete: boolean }),
  authoritative_nameservers: object({ assigned: list(text), delegated: list(text), delegation_last_check: textOrNull }),
});
const pagination = object({
  page: integer,
  per_page: integer,
  previous_page: integerOrNull,
  next_page: integerOrNull,
  last_page: integerOrNull,
  total_entries: integerOrNull,
});
const meta = object({ pagination });
const acted = { 201: object({ action: shownAction }) };

const document = {
  source:
    "docs.hetzner.cloud/cloud.spec.json as of 2026-02 (MaximilianKoestler/hcloud-openapi 5f93a6d, MIT), and hcloud-go b8cfa39 " +
    "(MIT) for what went in July 2026: `datacenter`, and `assignee_type` of an address that nothing has",
  date: "2026-11-21",
  operations: {
    "GET /actions": { query: ["id", "page", "per_page"], answers: { 200: object({ actions: list(shownAction) }) } },
    "POST /primary_ips": {
      request: closed(
        { name: text, type: oneOf("ipv4", "ipv6") },
        { assignee_id: integer, assignee_type: oneOf("server"), auto_delete: boolean, labels, location: text },
      ),
      answers: { 201: object({ primary_ip: shownAddress }) },
    },
    "GET /primary_ips/{id}": { answers: { 200: object({ primary_ip: shownAddress }) } },
    "DELETE /primary_ips/{id}": { answers: { 204: null } },
    "POST /primary_ips/{id}/actions/change_dns_ptr": {
      request: closed({ ip: text, dns_ptr: textOrNull }),
      answers: acted,
    },
    "GET /zones": {
      query: ["name", "mode", "label_selector", "sort", "page", "per_page"],
      answers: { 200: object({ zones: list(shownZone), meta }) },
    },
    "POST /zones/{zone}/rrsets": {
      request: closed({ name: text, type: recordTypes, records: given }, { labels, ttl: integerOrNull }),
      answers: { 201: object({ rrset: shownSet, action: shownAction }) },
    },
    "GET /zones/{zone}/rrsets/{name}/{type}": { answers: { 200: object({ rrset: shownSet }) } },
    "PUT /zones/{zone}/rrsets/{name}/{type}": {
      request: closed({}, { labels }),
      answers: { 200: object({ rrset: shownSet }) },
    },
    "DELETE /zones/{zone}/rrsets/{name}/{type}": { answers: acted },
    "POST /zones/{zone}/rrsets/{name}/{type}/actions/set_records": {
      request: closed({ records: given }),
      answers: acted,
    },
    "POST /zones/{zone}/rrsets/{name}/{type}/actions/add_records": {
      request: closed({ records: given }, { ttl: integerOrNull }),
      answers: acted,
    },
    "POST /zones/{zone}/rrsets/{name}/{type}/actions/remove_records": {
      request: closed({ records: given }),
      answers: acted,
    },
  },
  error: object({ error: object({ code: text, message: text }) }),
} satisfies ApiDocument;

interface Address {
  readonly id: number;
  readonly name: string;
  readonly type: "ipv4" | "ipv6";
  /** IPv6: the network. */
  readonly ip: string;
  readonly autoDelete: boolean;
  /** PTRs of one's own, by canonical address. */
  readonly ptrs: Map<string, string>;
}

interface RecordSet {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  readonly records: readonly { readonly value: string; readonly comment?: string }[];
}

const SINCE = "2026-11-21T00:00:00Z";
const ZONE_ID = 1;

/** @param zone the one zone of the project */
export function hetznerVendor(world: World, zone: string): Vendor<typeof document> {
  const addresses = new Map<number, Address>();
  const sets = new Map<string, RecordSet>();
  const actions = new Map<number, object>();
  let lastId = 4711;

  const refusal = (
    status: number,
    message: string,
    code = status === 429 ? "rate_limit_exceeded" : "server_error",
  ) => ({
    error: { code, message, details: null },
  });
  const refused = (status: number, code: string, message: string): Answer => ({
    status,
    json: refusal(status, message, code),
  });
  const act = (command: string): object => {
    lastId += 1;
    const action = { id: lastId, command, status: "success", progress: 100, started: SINCE, finished: SINCE };
    const shown = { ...action, resources: [], error: null };
    actions.set(lastId, shown);
    return shown;
  };
  const acting = (command: string): Answer => ({ status: 201, json: { action: act(command) } });

  const genericName = (address: string) => `static.${address.split(".").reverse().join(".")}.clients.your-server.de`;
  const shownPtrs = ({ type, ip, ptrs }: Address) =>
    type === "ipv4"
      ? [{ ip, dns_ptr: ptrs.get(ip) ?? genericName(ip) }]
      : [...ptrs].map(([own, name]) => ({ ip: own, dns_ptr: name }));
  const show = (address: Address) => ({
    id: address.id,
    name: address.name,
    ip: address.type === "ipv4" ? address.ip : `${address.ip}/64`,
    type: address.type,
    assignee_id: null,
    assignee_type: "server",
    auto_delete: address.autoDelete,
    blocked: false,
    created: SINCE,
    dns_ptr: shownPtrs(address),
    labels: {},
    location: { id: 1, name: "fsn1", network_zone: "eu-central", city: "Falkenstein", country: "DE", description: "" },
    protection: { delete: false },
  });
  const withAddress = async ({ path }: Call, use: (address: Address) => Answer | Promise<Answer>): Promise<Answer> => {
    const address = addresses.get(Number(path.id));
    return address === undefined
      ? refused(404, "not_found", `primary IP with ID '${path.id}' not found`)
      : use(address);
  };
  const changePtr = async (address: Address, ip: string, name: string | null): Promise<Answer> => {
    const own = ipaddr.parse(ip);
    const network = ipaddr.parse(address.ip);
    if (own.kind() !== network.kind() || !own.match(network, address.type === "ipv4" ? 32 : 64)) {
      return refused(422, "invalid_input", `ip ${ip} is not of this primary IP`);
    }
    const key = own.toString();
    if (name === null) address.ptrs.delete(key);
    else address.ptrs.set(key, name);
    await world.setPtr(key, name ?? (address.type === "ipv4" ? genericName(key) : null));
    return acting("change_dns_ptr");
  };

  const isZone = (given = "") => given === zone || given === String(ZONE_ID);
  const showSet = ({ name, type, ttl, records }: RecordSet) => ({
    id: `${name}/${type}`,
    name,
    type,
    ttl,
    labels: {},
    protection: { change: false },
    records,
    zone: ZONE_ID,
  });
  const put = async (set: RecordSet): Promise<void> => {
    if (set.records.length > 0) sets.set(`${set.name}/${set.type}`, set);
    else sets.delete(`${set.name}/${set.type}`);
    const owner = set.name === "@" ? zone : `${set.name}.${zone}`;
    await world.setRecords(
      owner,
      set.type,
      set.records.map(({ value }) => value),
      set.ttl ?? 3600,
    );
  };
  const withSet = async ({ path }: Call, use: (set: RecordSet) => Answer | Promise<Answer>): Promise<Answer> => {
    const set = sets.get(`${path.name}/${path.type}`);
    return !isZone(path.zone) || set === undefined ? refused(404, "not_found", "RRSet not found") : use(set);
  };
  const recordsOf = (body: Call["body"]) => body.records as RecordSet["records"];

  return {
    document,
    refusal,
    left: () => [
      ...[...addresses.values()].flatMap(({ ip, ptrs }) => [
        `primary IP ${ip}`,
        ...[...ptrs.keys()].map((own) => `PTR ${own}`),
      ]),
      ...[...sets.keys()].map((key) => `record set ${key}`),
    ],
    losePtr: async (own) => {
      for (const { ip, type, ptrs } of addresses.values()) {
        if (ptrs.delete(ipaddr.parse(own).toString()))
          await world.setPtr(own, type === "ipv4" ? genericName(ip) : null);
      }
    },
    operations: {
      "GET /actions": ({ query }) => {
        const wanted = query.getAll("id").map((id) => actions.get(Number(id)));
        return { status: 200, json: { actions: wanted.filter((action) => action !== undefined) } };
      },
      "POST /primary_ips": async ({ body }) => {
        if ([...addresses.values()].some(({ name }) => name === body.name)) {
          return refused(409, "uniqueness_error", "name is already used");
        }
        const type = body.type === "ipv6" ? "ipv6" : "ipv4";
        lastId += 1;
        const address: Address = {
          id: lastId,
          name: String(body.name),
          type,
          ip: await world.allocate(type === "ipv6" ? 6 : 4),
          autoDelete: body.auto_delete === true,
          ptrs: new Map(),
        };
        addresses.set(address.id, address);
        if (type === "ipv4") await world.setPtr(address.ip, genericName(address.ip));
        return { status: 201, json: { primary_ip: show(address) } };
      },
      "GET /primary_ips/{id}": (call) =>
        withAddress(call, (address) => ({ status: 200, json: { primary_ip: show(address) } })),
      "DELETE /primary_ips/{id}": (call) =>
        withAddress(call, async ({ id, ip }) => {
          addresses.delete(id);
          await world.release(ip);
          return { status: 204 };
        }),
      "POST /primary_ips/{id}/actions/change_dns_ptr": (call) =>
        withAddress(call, (address) => {
          const name = call.body.dns_ptr === null ? null : String(call.body.dns_ptr);
          return changePtr(address, String(call.body.ip), name);
        }),
      "GET /zones": ({ query }) => {
        const zones = [undefined, null, zone].includes(query.get("name"))
          ? [
              {
                id: ZONE_ID,
                name: zone,
                mode: "primary",
                status: "ok",
                ttl: 3600,
                created: SINCE,
                labels: {},
                record_count: sets.size,
                registrar: "other",
                protection: { delete: false },
                primary_nameservers: [],
                authoritative_nameservers: { assigned: [], delegated: [], delegation_last_check: SINCE },
              },
            ]
          : [];
        const page = { page: 1, per_page: 50, previous_page: null, next_page: null, last_page: 1 };
        return { status: 200, json: { zones, meta: { pagination: { ...page, total_entries: zones.length } } } };
      },
      "POST /zones/{zone}/rrsets": async ({ path, body }) => {
        if (!isZone(path.zone)) return refused(404, "not_found", "zone not found");
        const set: RecordSet = {
          name: String(body.name),
          type: String(body.type),
          ttl: typeof body.ttl === "number" ? body.ttl : null,
          records: recordsOf(body),
        };
        if (sets.has(`${set.name}/${set.type}`)) {
          return refused(409, "uniqueness_error", `RRSet ${set.name}/${set.type} already exists`);
        }
        await put(set);
        return { status: 201, json: { rrset: showSet(set), action: act("create_rrset") } };
      },
      "GET /zones/{zone}/rrsets/{name}/{type}": (call) =>
        withSet(call, (set) => ({ status: 200, json: { rrset: showSet(set) } })),
      "PUT /zones/{zone}/rrsets/{name}/{type}": (call) =>
        withSet(call, (set) => ({ status: 200, json: { rrset: showSet(set) } })),
      "DELETE /zones/{zone}/rrsets/{name}/{type}": (call) =>
        withSet(call, async (set) => {
          await put({ ...set, records: [] });
          return acting("delete_rrset");
        }),
      "POST /zones/{zone}/rrsets/{name}/{type}/actions/set_records": (call) =>
        withSet(call, async (set) => {
          await put({ ...set, records: recordsOf(call.body) });
          return acting("set_rrset_records");
        }),
      "POST /zones/{zone}/rrsets/{name}/{type}/actions/add_records": async ({ path, body }) => {
        if (!isZone(path.zone)) return refused(404, "not_found", "zone not found");
        const { name = "", type = "" } = path;
        const present = sets.get(`${name}/${type}`) ?? { name, type, ttl: null, records: [] };
        await put({ ...present, records: [...present.records, ...recordsOf(body)] });
        return acting("add_rrset_records");
      },
      "POST /zones/{zone}/rrsets/{name}/{type}/actions/remove_records": (call) =>
        withSet(call, async (set) => {
          const gone = recordsOf(call.body).map(({ value }) => value);
          await put({ ...set, records: set.records.filter(({ value }) => !gone.includes(value)) });
          return acting("remove_rrset_records");
        }),
    },
  };
}
