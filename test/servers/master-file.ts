/** Zones of the sandbox's internet as master files, and the other way round. */
import { nameKey } from "../../sandbox/internet/message";
import { isWithin, sameName } from "../../sandbox/internet/read-reply";
import type { Zone } from "../../sandbox/internet/zone";

const NAMES: ReadonlySet<string> = new Set(["NS", "CNAME", "DNAME", "PTR"]);

/** What `zone` holds, as the text that name servers load. */
export function masterFile(zone: Zone): string {
  const soa = zone.soa();
  const [primary, mailbox, ...numbers] = String(soa.value).split(" ");
  const lines = [
    `${full(zone.origin)} ${soa.ttl} IN SOA ${full(primary ?? "")} ${full(mailbox ?? "")} ${numbers.join(" ")}`,
  ];
  for (const { owner, ttl, type, value } of zone.records()) {
    const text = NAMES.has(type) ? full(String(value)) : type === "TXT" ? JSON.stringify(value) : String(value);
    lines.push(`${full(owner)} ${ttl} IN ${type} ${text}`);
  }
  for (const { cut, servers, glue } of zone.delegations()) {
    for (const server of servers) lines.push(`${full(cut)} ${zone.ttl} IN NS ${full(server)}`);
    for (const [server, addresses] of Object.entries(glue)) {
      // What lies in the zone itself is there already.
      if (!isWithin(server, cut) && !zone.delegations().some((other) => isWithin(server, other.cut))) continue;
      for (const address of addresses) {
        lines.push(`${full(server)} ${zone.ttl} IN ${address.includes(":") ? "AAAA" : "A"} ${address}`);
      }
    }
  }
  return `${[...new Set(lines)].join("\n")}\n`;
}

/** Adds lines such as `10 PTR mail.example.com.` or `mail 0 A 192.0.2.10` to a zone; names without final dot lie in it, `@` is its apex. */
export function addRecords(zone: Zone, text: string): void {
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const [, owner = "", ttl, type = "", value = ""] = /^(\S+)\s+(?:(\d+)\s+)?([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    const name = inZone(owner, zone);
    const rdata = NAMES.has(type) ? inZone(value, zone) : type === "TXT" ? JSON.parse(value) : value;
    if (type !== "NS" || sameName(name, zone.origin))
      zone.add(name, type, rdata, ttl === undefined ? zone.ttl : Number(ttl));
    else {
      const before = zone.delegations().find(({ cut }) => nameKey(cut) === nameKey(name));
      zone.delegate(name, [...(before?.servers ?? []), rdata], before?.glue);
    }
  }
}

function inZone(name: string, zone: Zone): string {
  if (name === "@") return zone.origin;
  if (name === ".") return "";
  if (/(?<!\\)\.$/.test(name)) return name.slice(0, -1);
  return zone.origin === "" ? name : `${name}.${zone.origin}`;
}

function full(name: string): string {
  return /(?<!\\)\.$/.test(name) ? name : `${name}.`;
}
