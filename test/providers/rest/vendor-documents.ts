/**
 * What the vendors' own documents and clients say of the requests that set a PTR and of their answers: facts, shortened to
 * what is used here, as JSON schemas. A member that a document requires is required here; others may come besides.
 */
import type { RestApiName } from "../../../providers/internal/rest/apis";
import { closed, integer, list, object, type Schema, text, textOrNull } from "../../json-schema";

export interface Operation {
  readonly method: string;
  /** Of the path below the API's base path. */
  readonly path: RegExp;
  /** Parameters of the query that the document names; any other is refused. @default none */
  readonly query?: readonly string[];
  /** Of the JSON body, or of the fields of the form. @default no body */
  readonly request?: Schema;
  /** By status; null: no body. */
  readonly answers: Readonly<Record<number, Schema | null>>;
}

export interface VendorDocument {
  readonly source: string;
  readonly date: string;
  readonly operations: readonly Operation[];
  /** Of every answer that is an error. */
  readonly error: Schema;
}

// Contabo

const ptrRecords = object({
  data: list(object({ tenantId: text, customerId: text, ip: text, ttl: integer, ptr: text }), { minItems: 1 }),
  _links: object({ self: text }),
});

const contabo: VendorDocument = {
  source:
    "contabo/cntb 'create ptr-record' (--ttl, default 86400) and its generated client: CreatePtrRecordRequest, " +
    "UpdatePtrRecordRequest, PtrRecordResponse, ApiPtrRecordResponse; PUT answers 204",
  date: "2026-11-21",
  operations: [
    {
      method: "POST",
      path: /^\/auth\/realms\/contabo\/protocol\/openid-connect\/token$/,
      request: closed({
        grant_type: { const: "password" },
        client_id: text,
        client_secret: text,
        username: text,
        password: text,
      }),
      answers: { 200: object({ access_token: text, token_type: text }, { expires_in: integer }) },
    },
    { method: "GET", path: /^\/v1\/dns\/ptrs\/[^/]+$/, answers: { 200: ptrRecords } },
    { method: "PUT", path: /^\/v1\/dns\/ptrs\/[^/]+$/, request: closed({ ptr: text }), answers: { 204: null } },
    {
      method: "POST",
      path: /^\/v1\/dns\/ptrs$/,
      request: closed({ ptr: text, ip: { type: "string", format: "ipv6" }, ttl: integer }),
      answers: { 201: ptrRecords },
    },
    { method: "DELETE", path: /^\/v1\/dns\/ptrs\/[^/]*:[^/]*$/, answers: { 204: null } },
  ],
  error: { type: "object" },
};

// Leaseweb

const leasewebIp = object({
  assignedContract: { ...object({ id: text }), nullable: true },
  equipmentId: text,
  floatingIp: { type: "boolean" },
  ip: text,
  nullLevel: { type: "integer", nullable: true },
  nullRouted: { type: "boolean" },
  prefixLength: integer,
  primary: { type: "boolean" },
  reverseLookup: textOrNull,
  subnet: object({ gateway: text, id: text, networkIp: text, prefixLength: integer }),
  type: { enum: ["NORMAL_IP", "NETWORK", "BROADCAST", "GATEWAY", "ROUTER1", "ROUTER2", "IPMI"] },
  unnullingAllowed: { type: "boolean" },
  version: { enum: [4, 6] },
});
const reverseLookup = object({ ip: text, reverseLookup: textOrNull });
const count = { type: "integer", minimum: 0 };

const leaseweb: VendorDocument = {
  source:
    "leaseweb/leaseweb-go-sdk ipmgmt/api/openapi.yaml at a6c1f78: ip, updateIPOpts, _metadata, " +
    "getReverseLookupRecordListResult, updateReverseLookupRecordsOpts (at most 20 in one request), errorResult",
  date: "2026-11-21",
  operations: [
    { method: "GET", path: /^\/ips\/[\d.]+$/, answers: { 200: leasewebIp } },
    { method: "PUT", path: /^\/ips\/[\d.]+$/, request: closed({ reverseLookup: text }), answers: { 200: leasewebIp } },
    {
      method: "GET",
      path: /^\/ips\/[^/]+_\d+\/reverseLookup$/,
      // This version of the document has a filter `ip` beside the path's `ip`, others have none: it is not relied upon.
      query: ["reverseLookup", "limit", "offset"],
      answers: {
        200: object({
          _metadata: object({ limit: count, offset: count, totalCount: count }),
          reverseLookups: list(reverseLookup),
        }),
      },
    },
    {
      method: "PUT",
      path: /^\/ips\/[^/]+_\d+\/reverseLookup$/,
      request: closed({ reverseLookups: list(closed({ ip: text, reverseLookup: textOrNull }), { maxItems: 20 }) }),
      answers: { 200: object({ reverseLookups: list(reverseLookup) }) },
    },
  ],
  error: object({}, { correlationId: text, errorCode: text, errorMessage: text, errorDetails: { type: "object" } }),
};

// IONOS

const ionosProperties = closed({ name: text, ip: text }, { description: text });
const ionosRecord = object({
  id: { type: "string", format: "uuid" },
  type: text,
  href: text,
  metadata: { type: "object" },
  properties: ionosProperties,
});

const ionos: VendorDocument = {
  source:
    "ionos-cloud/sdk-go-dns at 3e23c5a: ReverseRecordsApi, ReverseRecord, ReverseRecordRead, ReverseRecordsReadList, Error",
  date: "2026-11-21",
  operations: [
    {
      method: "GET",
      path: /^\/reverserecords$/,
      query: ["filter.recordIp", "offset", "limit"],
      answers: {
        200: object({
          id: text,
          type: text,
          href: text,
          items: list(ionosRecord),
          offset: { type: "number" },
          limit: { type: "number" },
          _links: { type: "object" },
        }),
      },
    },
    {
      method: "POST",
      path: /^\/reverserecords$/,
      request: closed({ properties: ionosProperties }),
      answers: { 202: ionosRecord },
    },
    {
      method: "PUT",
      path: /^\/reverserecords\/[\da-f-]{36}$/,
      request: closed({ properties: ionosProperties }),
      answers: { 202: ionosRecord },
    },
    { method: "DELETE", path: /^\/reverserecords\/[\da-f-]{36}$/, answers: { 202: { type: "object" } } },
  ],
  error: object({}, { httpStatus: integer, messages: list(object({}, { errorCode: text, message: text })) }),
};

// UpCloud

const upcloudAddress = object({
  ip_address: object(
    { access: text, address: text, family: { enum: ["IPv4", "IPv6"] }, ptr_record: text },
    { mac: text, server: text, zone: text },
  ),
});

const upcloud: VendorDocument = {
  source:
    "UpCloudLtd/upcloud-go-api at f64673e: service.go (modify is PATCH), ip_address.go, " +
    "fixtures/attachmodifyreleaseipaddress.yaml (recorded 2022-10-24: 202)",
  date: "2026-11-21",
  operations: [
    { method: "GET", path: /^\/1\.3\/ip_address\/[^/]+$/, answers: { 200: upcloudAddress } },
    {
      method: "PATCH",
      path: /^\/1\.3\/ip_address\/[^/]+$/,
      request: closed({ ip_address: closed({ ptr_record: { type: "string", minLength: 1 } }) }),
      answers: { 202: upcloudAddress },
    },
  ],
  error: {
    anyOf: [
      object({ error: object({ error_code: text, error_message: text }) }),
      object({ type: text, title: text, status: integer }),
    ],
  },
};

// netcup

const fqdn = {
  type: "string",
  maxLength: 255,
  pattern: "^(?=.{1,253}$)((?!-)[a-zA-Z0-9-]{1,63}(?<!-)\\.)+[a-zA-Z]{2,63}$",
};
const netcupError = object({}, { code: text, message: text, errors: list({ type: "object" }) });

function netcupOperations(family: 4 | 6): Operation[] {
  const one = family === 4 ? /^\/api\/v1\/rdns\/ipv4\/[\d.]+$/ : /^\/api\/v1\/rdns\/ipv6\/[\da-f:]+$/;
  const all = family === 4 ? /^\/api\/v1\/rdns\/ipv4$/ : /^\/api\/v1\/rdns\/ipv6$/;
  const ip = { type: "string", format: `ipv${family}` };
  return [
    { method: "GET", path: one, answers: { 200: object({ rdns: textOrNull }) } },
    { method: "POST", path: all, request: closed({ ip, rdns: fqdn }), answers: { 200: null } },
    { method: "DELETE", path: one, answers: { 204: null } },
  ];
}

const netcup: VendorDocument = {
  source:
    "digilolnet/go-netcup-scp openapi.json 2026.0821.091120: Rdns, SetRdnsIpv4, SetRdnsIpv6, ValidationError; " +
    "pkg/scp/testdata/live (POST 200 and DELETE 204 without a body, 404 error.notfound)",
  date: "2026-11-21",
  operations: [
    {
      method: "POST",
      path: /^\/realms\/scp\/protocol\/openid-connect\/token$/,
      request: closed({ grant_type: { const: "refresh_token" }, client_id: { const: "scp" }, refresh_token: text }),
      answers: { 200: object({ access_token: text }, { refresh_token: text, expires_in: integer }) },
    },
    ...netcupOperations(4),
    ...netcupOperations(6),
  ],
  error: { anyOf: [netcupError, object({ error: text }, { error_description: text })] },
};

// Hostinger

const ipAddresses = { ...list(object({}, { id: integer, address: text, ptr: textOrNull })), nullable: true };
const machine = object({}, { id: integer, hostname: text, state: text, ipv4: ipAddresses, ipv6: ipAddresses });
const action = object(
  {},
  {
    id: integer,
    name: text,
    state: { enum: ["success", "error", "delayed", "sent", "created"] },
    created_at: { type: "string", format: "date-time" },
    updated_at: { type: "string", format: "date-time" },
  },
);
const root = "^/api/vps/v1/virtual-machines";

const hostinger: VendorDocument = {
  source:
    "hostinger/api openapi.json 1.42.5 at 3859515: VPS.V1.VirtualMachine.VirtualMachineResource, " +
    "VPS.V1.IPAddress.IPAddressResource, VPS.V1.Action.ActionResource, VPS.V1.VirtualMachine.PTR.StoreRequest",
  date: "2026-11-21",
  operations: [
    { method: "GET", path: new RegExp(`${root}$`), answers: { 200: list(machine) } },
    { method: "GET", path: new RegExp(`${root}/\\d+$`), answers: { 200: machine } },
    { method: "GET", path: new RegExp(`${root}/\\d+/actions/\\d+$`), answers: { 200: action } },
    {
      method: "POST",
      path: new RegExp(`${root}/\\d+/ptr/\\d+$`),
      request: closed({ domain: text }),
      answers: { 200: action },
    },
    { method: "DELETE", path: new RegExp(`${root}/\\d+/ptr/\\d+$`), answers: { 200: action } },
  ],
  error: object({ message: text }, { correlation_id: text, errors: { type: "object" } }),
};

// PowerDNS

const powerdnsZone = { id: text, name: text, kind: { enum: ["Native", "Master", "Slave", "Producer", "Consumer"] } };
const powerdnsRecord = closed({ content: text }, { disabled: { type: "boolean" } });
const powerdnsSet = object({ name: text, type: text, ttl: integer, records: list(powerdnsRecord) });
const powerdnsZones = "^/api/v1/servers/localhost/zones";

const powerdns: VendorDocument = {
  source:
    "PowerDNS/pdns at 02c55fb docs/http-api/swagger/authoritative-api-swagger.yaml: listZones, listZone, patchZone, Zone, " +
    "RRSet, Record; rrset_name and rrset_type in docs/http-api/zone.rst; pdns_server 4.7.3 asked by powerdns-server.test.ts",
  date: "2026-11-22",
  operations: [
    {
      method: "GET",
      path: new RegExp(`${powerdnsZones}$`),
      query: ["zone", "dnssec"],
      answers: { 200: list(object(powerdnsZone)) },
    },
    {
      method: "GET",
      path: new RegExp(`${powerdnsZones}/[^/]+$`),
      query: ["rrsets", "rrset_name", "rrset_type"],
      answers: { 200: object({ ...powerdnsZone, rrsets: list(powerdnsSet) }) },
    },
    {
      method: "PATCH",
      path: new RegExp(`${powerdnsZones}/[^/]+$`),
      request: closed({
        rrsets: list({
          anyOf: [
            closed({
              name: text,
              type: text,
              ttl: integer,
              changetype: { const: "REPLACE" },
              records: list(powerdnsRecord),
            }),
            closed({ name: text, type: text, changetype: { const: "DELETE" } }),
          ],
        }),
      }),
      answers: { 204: null },
    },
  ],
  error: object({ error: text }, { errors: list(text) }),
};

// Hetzner Robot

const rdns = object({ rdns: object({ ip: text, ptr: text }) });

const hetznerRobot: VendorDocument = {
  source:
    "robot.hetzner.com/doc/webservice/en.html (Reverse DNS); community.hrobot at f9b5803 plugins/modules/reverse_dns.py " +
    "(POST of a form, DELETE answers 200 or 204 without a body) and module_utils/robot.py (errors)",
  date: "2026-11-21",
  operations: [
    { method: "GET", path: /^\/rdns\/[^/]+$/, answers: { 200: rdns } },
    { method: "POST", path: /^\/rdns\/[^/]+$/, request: closed({ ptr: text }), answers: { 200: rdns, 201: rdns } },
    { method: "DELETE", path: /^\/rdns\/[^/]+$/, answers: { 200: null, 204: null } },
  ],
  error: object({ error: object({ status: integer, code: text, message: text }) }),
};

export const vendorDocuments: Readonly<Partial<Record<RestApiName, VendorDocument>>> = {
  "hetzner-robot": hetznerRobot,
  hostinger,
  contabo,
  netcup,
  upcloud,
  leaseweb,
  ionos,
  powerdns,
};
