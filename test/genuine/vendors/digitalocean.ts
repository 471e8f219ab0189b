/** DigitalOcean's API: droplets, whose name is the PTR of their addresses, and domains. */
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
import { type ListedRecord, recordList } from "./record-list";

const number = { type: "number" };
const texts = list(text);
const region = object({ name: text, slug: text, features: texts, available: boolean, sizes: texts });
const shownDroplet = object({
  id: integer,
  name: text,
  memory: integer,
  vcpus: integer,
  disk: integer,
  locked: boolean,
  status: oneOf("new", "active", "off", "archive"),
  created_at: text,
  features: texts,
  backup_ids: list(integer),
  next_backup_window: { ...object({}, { start: text, end: text }), nullable: true },
  snapshot_ids: list(integer),
  image: object({}, { id: integer, name: text, slug: textOrNull, min_disk_size: integerOrNull }),
  volume_ids: texts,
  size: object({
    slug: text,
    memory: integer,
    vcpus: integer,
    disk: integer,
    transfer: number,
    price_monthly: number,
    price_hourly: number,
    regions: texts,
    available: boolean,
    description: text,
  }),
  size_slug: text,
  networks: object(
    {},
    {
      v4: list(object({}, { ip_address: text, netmask: text, gateway: text, type: oneOf("public", "private") })),
      v6: list(object({}, { ip_address: text, netmask: integer, gateway: text, type: oneOf("public") })),
    },
  ),
  region,
  tags: texts,
});
const shownAction = object(
  {},
  {
    id: integer,
    status: oneOf("in-progress", "completed", "errored"),
    type: text,
    started_at: text,
    completed_at: textOrNull,
    resource_id: integerOrNull,
    resource_type: text,
  },
);
const recordMembers: Record<string, Schema> = {
  priority: integerOrNull,
  port: integerOrNull,
  ttl: integer,
  weight: integerOrNull,
  flags: integerOrNull,
  tag: textOrNull,
};
const shownRecord = object({
  domain_record: object({ type: text }, { id: integer, name: text, data: text, ...recordMembers }),
});
const image = { anyOf: [text, integer] };

const document = {
  source: "github.com/digitalocean/openapi 7c1300c specification/DigitalOcean-public.v2.yaml (Apache-2.0)",
  date: "2026-11-21",
  operations: {
    "POST /v2/droplets": {
      request: closed(
        { name: text, size: text, image },
        {
          region: text,
          ssh_keys: { ...list(image), nullable: true },
          backups: boolean,
          ipv6: boolean,
          monitoring: boolean,
          tags: { ...texts, nullable: true },
          user_data: text,
          private_networking: boolean,
          volumes: texts,
          vpc_uuid: text,
          with_droplet_agent: boolean,
          public_networking: boolean,
        },
      ),
      answers: { 202: object({ droplet: shownDroplet, links: object({}) }) },
    },
    "GET /v2/droplets/{id}": { answers: { 200: object({ droplet: shownDroplet }) } },
    "DELETE /v2/droplets/{id}": { answers: { 204: null } },
    "POST /v2/droplets/{id}/actions": {
      request: { anyOf: [closed({ type: oneOf("rename"), name: text }), closed({ type: oneOf("enable_ipv6") })] },
      answers: { 201: object({ action: shownAction }) },
    },
    "GET /v2/domains/{domain}": {
      answers: { 200: object({ domain: object({}, { name: text, ttl: integerOrNull, zone_file: textOrNull }) }) },
    },
    "POST /v2/domains/{domain}/records": {
      request: closed({ type: text, name: text, data: text }, recordMembers),
      answers: { 201: shownRecord },
    },
    "GET /v2/domains/{domain}/records/{id}": { answers: { 200: shownRecord } },
    "PUT /v2/domains/{domain}/records/{id}": {
      // The document requires `type`; the plugin has never sent it, and the API takes that.
      request: closed({}, { type: text, name: text, data: text, ...recordMembers }),
      answers: { 200: shownRecord },
    },
    "DELETE /v2/domains/{domain}/records/{id}": { answers: { 204: null } },
  },
  error: object({ id: text, message: text }),
} satisfies ApiDocument;

interface Droplet {
  readonly id: number;
  name: string;
  readonly region: string;
  readonly size: string;
  readonly image: string;
  readonly v4: string;
  v6: string | null;
}

const SINCE = "2026-11-21T00:00:00Z";
const HOSTS = ["CNAME", "MX", "NS", "SRV", "CAA"];

/** @param zone the one domain of the account */
export function digitaloceanVendor(world: World, zone: string): Vendor<typeof document> {
  const droplets = new Map<number, Droplet>();
  const records = recordList(world, zone);
  let lastId = 3164440;

  const refusal = (status: number, message: string) => ({
    id: { 404: "not_found", 422: "unprocessable_entity", 429: "too_many_requests" }[status] ?? "server_error",
    message,
  });
  const refused = (status: number, message: string): Answer => ({ status, json: refusal(status, message) });
  const missing = () => refused(404, "The resource you requested could not be found.");

  /** A name that is no host name in a domain makes no PTR. */
  const nameAddresses = async ({ name, v4, v6 }: Droplet): Promise<void> => {
    const ptr = name.includes(".") ? name : null;
    await world.setPtr(v4, ptr);
    if (v6 !== null) await world.setPtr(v6, ptr);
  };
  const act = (type: string, droplet: Droplet): object => {
    lastId += 1;
    const times = { started_at: SINCE, completed_at: SINCE };
    return { id: lastId, status: "completed", type, ...times, resource_id: droplet.id, resource_type: "droplet" };
  };
  const show = ({ id, name, region: slug, size, image: system, v4, v6 }: Droplet) => ({
    id,
    name,
    memory: 1024,
    vcpus: 1,
    disk: 25,
    locked: false,
    status: "active",
    created_at: SINCE,
    features: ["droplet_agent", ...(v6 === null ? [] : ["ipv6"])],
    backup_ids: [],
    next_backup_window: null,
    snapshot_ids: [],
    image: { id: 1, name: system, slug: system, min_disk_size: 10 },
    volume_ids: [],
    size: {
      slug: size,
      memory: 1024,
      vcpus: 1,
      disk: 25,
      transfer: 1,
      price_monthly: 6,
      price_hourly: 0.00893,
      regions: [slug],
      available: true,
      description: "Basic",
    },
    size_slug: size,
    networks: {
      v4: [{ ip_address: v4, netmask: "255.255.255.0", gateway: v4, type: "public" }],
      v6: v6 === null ? [] : [{ ip_address: v6, netmask: 64, gateway: v6, type: "public" }],
    },
    region: { name: slug, slug, features: [], available: true, sizes: [size] },
    tags: [],
  });
  const withDroplet = async ({ path }: Call, use: (droplet: Droplet) => Answer | Promise<Answer>): Promise<Answer> => {
    const droplet = droplets.get(Number(path.id));
    return droplet === undefined ? missing() : use(droplet);
  };

  const listed = ({ type, name, data, ttl, priority }: Readonly<Record<string, unknown>>): ListedRecord => ({
    type: String(type),
    name: String(name),
    value: String(data),
    ttl: typeof ttl === "number" ? ttl : 1800,
    ...(typeof priority === "number" && { priority }),
  });
  const shown = (id: string, { type, name, value, ttl, priority }: ListedRecord) => ({
    domain_record: {
      id: Number(id),
      type,
      name,
      data: HOSTS.includes(type) ? value.replace(/\.$/, "") : value,
      priority: priority ?? null,
      port: null,
      ttl,
      weight: null,
      flags: null,
      tag: null,
    },
  });
  const withoutDot = ({ type, value }: ListedRecord) => HOSTS.includes(type) && value !== "@" && !value.endsWith(".");
  const withRecord = async (call: Call, use: (id: string, record: ListedRecord) => Answer | Promise<Answer>) => {
    const id = call.path.id ?? "";
    const record = call.path.domain === zone ? records.get(id) : undefined;
    return record === undefined ? missing() : use(id, record);
  };

  return {
    document,
    refusal,
    left: () => [...[...droplets.values()].map(({ name }) => `droplet ${name}`), ...records.left()],
    losePtr: (address) => world.setPtr(address, null),
    // The name that it has, set once more; the API answers no PTR, so that the plugin cannot see the loss.
    setPtrAgain: async () => {
      for (const droplet of droplets.values()) await nameAddresses(droplet);
      return true;
    },
    operations: {
      "POST /v2/droplets": async ({ body }) => {
        lastId += 1;
        const droplet: Droplet = {
          id: lastId,
          name: String(body.name),
          region: String(body.region),
          size: String(body.size),
          image: String(body.image),
          v4: await world.allocate(4),
          v6: body.ipv6 === true ? `${await world.allocate(6)}1` : null,
        };
        droplets.set(droplet.id, droplet);
        await nameAddresses(droplet);
        return { status: 202, json: { droplet: show(droplet), links: {} } };
      },
      "GET /v2/droplets/{id}": (call) =>
        withDroplet(call, (droplet) => ({ status: 200, json: { droplet: show(droplet) } })),
      "DELETE /v2/droplets/{id}": (call) =>
        withDroplet(call, async ({ id, v4, v6 }) => {
          droplets.delete(id);
          await world.release(v4);
          if (v6 !== null) await world.release(v6);
          return { status: 204 };
        }),
      "POST /v2/droplets/{id}/actions": (call) =>
        withDroplet(call, async (droplet) => {
          if (call.body.type === "rename") droplet.name = String(call.body.name);
          else droplet.v6 ??= `${await world.allocate(6)}1`;
          await nameAddresses(droplet);
          return { status: 201, json: { action: act(String(call.body.type), droplet) } };
        }),
      "GET /v2/domains/{domain}": ({ path }) =>
        path.domain === zone ? { status: 200, json: { domain: { name: zone, ttl: 1800, zone_file: "" } } } : missing(),
      "POST /v2/domains/{domain}/records": async ({ path, body }) => {
        const record = listed(body);
        if (path.domain !== zone) return missing();
        if (withoutDot(record)) return refused(422, "Data needs to end with a dot (.)");
        const id = await records.add(record);
        return { status: 201, json: shown(id, record) };
      },
      "GET /v2/domains/{domain}/records/{id}": (call) =>
        withRecord(call, (id, record) => ({ status: 200, json: shown(id, record) })),
      "PUT /v2/domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id, { value, ...before }) => {
          const record = listed({ ...before, data: value, ...call.body });
          if (withoutDot(record)) return refused(422, "Data needs to end with a dot (.)");
          await records.change(id, record);
          return { status: 200, json: shown(id, record) };
        }),
      "DELETE /v2/domains/{domain}/records/{id}": (call) =>
        withRecord(call, async (id) => {
          await records.remove(id);
          return { status: 204 };
        }),
    },
  };
}
