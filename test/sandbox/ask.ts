import { createSocket } from "node:dgram";
import { connect } from "node:net";
import * as dnsPacket from "dns-packet";

/** A reply, read by a library that neither the servers nor the checker share. */
export interface Asked {
  readonly rcode: string;
  readonly aa: boolean;
  readonly ra: boolean;
  readonly tc: boolean;
  /** `owner type value`, in lower case, sorted. */
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
  readonly ttls: readonly number[];
  readonly negativeTtl?: number;
}

export interface AskOptions {
  readonly rd?: boolean;
  readonly timeoutMs?: number;
  readonly transport?: "udp" | "tcp";
}

/** One question to one server; null: no answer. */
export async function ask(
  endpoint: string,
  name: string,
  type: string,
  { rd = false, timeoutMs = 2_000, transport = "udp" }: AskOptions = {},
): Promise<Asked | null> {
  const [address = "", port = ""] = endpoint.split(":");
  const query: dnsPacket.Packet = {
    type: "query",
    id: 1 + Math.floor(Math.random() * 65_000),
    flags: rd ? dnsPacket.RECURSION_DESIRED : 0,
    questions: [{ name, type: type as dnsPacket.RecordType }],
  };
  const reply = await (transport === "udp" ? byUdp : byTcp)(address, Number(port), query, timeoutMs);
  if (reply === null) return null;
  const soa = reply.authorities?.find((record) => record.type === "SOA");
  return {
    rcode: (reply as unknown as { rcode: string }).rcode,
    aa: reply.flag_aa,
    ra: reply.flag_ra,
    tc: reply.flag_tc,
    answer: lines(reply.answers),
    authority: lines(reply.authorities),
    additional: lines(reply.additionals),
    ttls: (reply.answers ?? []).map((record) => ("ttl" in record ? (record.ttl ?? 0) : 0)),
    ...(soa && "ttl" in soa ? { negativeTtl: soa.ttl } : {}),
  };
}

function byUdp(address: string, port: number, query: dnsPacket.Packet, timeoutMs: number) {
  return new Promise<dnsPacket.DecodedPacket | null>((resolve) => {
    const socket = createSocket("udp4");
    const finish = (reply: dnsPacket.DecodedPacket | null) => {
      clearTimeout(limit);
      socket.close();
      resolve(reply);
    };
    const limit = setTimeout(() => finish(null), timeoutMs);
    socket.on("message", (message) => {
      const reply = dnsPacket.decode(message);
      if (reply.id === query.id) finish(reply);
    });
    socket.send(dnsPacket.encode(query), port, address);
  });
}

function byTcp(address: string, port: number, query: dnsPacket.Packet, timeoutMs: number) {
  return new Promise<dnsPacket.DecodedPacket | null>((resolve) => {
    const connection = connect(port, address, () => connection.write(dnsPacket.streamEncode(query)));
    let buffered = Buffer.alloc(0);
    const finish = (reply: dnsPacket.DecodedPacket | null) => {
      connection.destroy();
      resolve(reply);
    };
    connection.setTimeout(timeoutMs, () => finish(null));
    connection.on("error", () => finish(null));
    connection.on("data", (chunk) => {
      buffered = Buffer.concat([buffered, chunk]);
      if (buffered.length >= 2 && buffered.length >= 2 + buffered.readUInt16BE(0)) {
        finish(dnsPacket.decode(buffered.subarray(2, 2 + buffered.readUInt16BE(0))));
      }
    });
  });
}

function lines(records: readonly dnsPacket.Answer[] | undefined): string[] {
  return (records ?? [])
    .filter(({ type }) => type !== "OPT")
    .map((record) => `${record.name} ${record.type} ${value((record as { data?: unknown }).data)}`.toLowerCase())
    .sort();
}

function value(data: unknown): string {
  if (Array.isArray(data)) return data.map(value).join("");
  if (Buffer.isBuffer(data)) return data.toString();
  return typeof data === "object" && data !== null ? Object.values(data).join(" ") : String(data);
}

/** Walks down from one of the root's servers and returns the answers of the last ones, one entry per server. */
export async function walk(root: string, name: string, type: string): Promise<Map<string, Asked | null>> {
  const port = root.split(":")[1];
  let servers = [root];
  for (let depth = 0; depth < 10; depth++) {
    const first = await ask(servers[0] ?? "", name, type);
    const referral = first && !first.aa ? first.authority.filter((line) => line.includes(" ns ")) : [];
    if (referral.length === 0) {
      const last = await Promise.all(servers.map(async (server) => [server, await ask(server, name, type)] as const));
      return new Map(last);
    }
    const names = referral.map((line) => line.split(" ")[2] ?? "");
    const addresses = await Promise.all(
      names.map(async (server) => {
        const glue = first?.additional.find((line) => line.startsWith(`${server} a `));
        if (glue) return glue.split(" ")[2] ?? "";
        const found = [...(await walk(root, server, "A")).values()][0];
        return found?.answer[0]?.split(" ")[2] ?? "";
      }),
    );
    servers = addresses.map((address) => `${address}:${port}`);
  }
  throw new Error(`no end to the delegations of ${name}`);
}
