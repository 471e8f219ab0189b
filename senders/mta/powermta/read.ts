/**
 * PowerMTA: the source addresses of its virtual MTAs. Block and directive names are read in any letter case, what follows
 * a `#` is a comment, wherever it stands.
 */
import { isAddressText } from "../../../fcrdns/names/address";
import type { Place } from "../../sender";
import { baseName, Includes, isGiven, linesOf } from "../lines";
import type { ConfigurationFile, MailServer } from "../mail-server";
import { SenderList, SYSTEM_CHOOSES } from "../sender-list";

export const powermta = {
  name: "powermta",
  title: "PowerMTA",
  // The guide is not public: directives as in its versions 4.0 to 5.0 and in the README of pmtaproxy, 2026-11-22.
  source: "PowerMTA User's Guide, https://github.com/postmastery/pmtaproxy",
  recognises: (file) =>
    baseName(file.name) === "config" && /pmta[/\\]config$/i.test(file.name)
      ? "by-name"
      : /^[ \t]*(?:<virtual-mta(?:-pool)?[ \t]|smtp-source-(?:host|ip)[ \t])/im.test(file.text)
        ? "by-content"
        : "no",
  async read(files, open) {
    const configuration = new Configuration(files);
    for (const file of files) await configuration.read(file, [], Includes.of(file, open));
    return configuration.found(files[0] && { file: files[0].name, line: 1 });
  },
} satisfies MailServer;

interface Block {
  readonly name: string;
  readonly argument: string;
}

/** A virtual MTA, or what stands outside of all of them and holds for those that say nothing else. */
interface Scope {
  /** Undefined: outside of all virtual MTAs. */
  readonly name?: string;
  readonly place?: Place;
  hostName?: string;
  proxy?: string;
  hasSource: boolean;
}

/** A directive that names source addresses. */
interface Source {
  readonly directive: string;
  readonly addresses: readonly string[];
  readonly host: string | undefined;
  readonly place: Place;
  readonly scope: Scope;
}

/** The end of a proxied connection that the receiver sees. */
interface ProxyClient {
  readonly address: string;
  readonly host: string | undefined;
  readonly place: Place;
}

class Configuration {
  private readonly list = new SenderList();
  private readonly outside: Scope = { hasSource: false };
  private readonly virtualMtas = new Map<string, Scope>();
  private readonly proxies = new Map<string, ProxyClient>();
  private readonly sources: Source[] = [];

  /** @param given files, which are read on their own */
  constructor(private readonly given: readonly ConfigurationFile[]) {}

  /** @param blocks those that the file stands in; it leaves them as they were */
  async read(file: ConfigurationFile, blocks: Block[], includes: Includes): Promise<void> {
    for (const { text, place } of linesOf(file)) {
      const line = text.replace(/#.*$/, "").trim();
      if (line === "") continue;
      const tag = /^<(\/?)\s*([^\s>]+)\s*([^>]*)>/.exec(line);
      if (tag === null) {
        const [name = "", ...args] = line.split(/\s+/).map(unquoted);
        await this.directive(name.toLowerCase(), args, place, blocks, includes);
      } else if (tag[1] === "/") {
        const at = blocks.findLastIndex(({ name }) => name === tag[2]?.toLowerCase());
        if (at >= 0) blocks.length = at;
      } else {
        const block = { name: (tag[2] ?? "").toLowerCase(), argument: unquoted(tag[3]?.trim() ?? "") };
        blocks.push(block);
        if (block.name === "virtual-mta" && !this.virtualMtas.has(block.argument)) {
          this.virtualMtas.set(block.argument, { name: block.argument, place, hasSource: false });
        }
      }
    }
  }

  private async directive(
    name: string,
    args: readonly string[],
    place: Place,
    blocks: Block[],
    includes: Includes,
  ): Promise<void> {
    const shown = [name, ...args].join(" ");
    const [first = ""] = args;
    const block = blocks.at(-1);
    if (name === "include") {
      await this.include(args.join(" "), place, blocks, includes);
    } else if (name === "client" && block?.name === "proxy") {
      this.proxies.set(block.argument, { address: withoutPort(first), host: args[1], place });
    } else if (SOURCE_DIRECTIVES.has(name)) {
      const scope = this.scopeOf(blocks);
      if (scope === undefined) {
        this.list.leaveOut(
          shown,
          `stands in <${block?.name}>, where PowerMTA knows no source address: move it into a <virtual-mta>`,
          place,
        );
      } else {
        scope.hasSource = true;
        this.sources.push({ directive: name, ...sourceOf(name, args), place, scope });
      }
    } else if (name === "host-name" || name === "use-proxy") {
      const scope = this.scopeOf(blocks);
      if (scope !== undefined) scope[name === "host-name" ? "hostName" : "proxy"] = first;
    } else if ((name === "route" || name === "smtp-hosts") && block?.name === "domain" && block.argument === "*") {
      this.list.leaveOut(
        shown,
        "hands mail for every domain to another host: receivers see the address and the name of that one",
        place,
      );
    }
  }

  private async include(path: string, place: Place, blocks: Block[], includes: Includes): Promise<void> {
    if (/^https?:/i.test(path)) {
      this.list.leaveOut(
        `include ${path}`,
        "is fetched by PowerMTA when it starts: save the file and give it too",
        place,
      );
      return;
    }
    const included = await includes.open(path);
    if (!included.ok) {
      // The file has another path here than on the server.
      if (included.isMissing !== true || !isGiven(path, this.given))
        this.list.leaveOut(`include ${path}`, included.why, place);
      return;
    }
    for (const { file, inside } of included.files) await this.read(file, [...blocks], inside);
  }

  /** What a source directive holds for; undefined: nothing. */
  private scopeOf(blocks: readonly Block[]): Scope | undefined {
    const block = blocks.at(-1);
    if (block === undefined) return this.outside;
    return block.name === "virtual-mta" ? this.virtualMtas.get(block.argument) : undefined;
  }

  /** @param start where the configuration begins */
  found(start: Place | undefined): SenderList {
    for (const source of this.sources) this.addSource(source);
    if (this.outside.hasSource) return this.list;
    const without = [...this.virtualMtas.values()].filter(({ hasSource }) => !hasSource);
    for (const { name, place } of without) {
      this.list.leaveOut(`virtual-mta ${name}`, `has no smtp-source-host: ${SYSTEM_CHOOSES}`, place);
    }
    if (this.virtualMtas.size === 0) this.list.leaveOut("smtp-source-host", `is not set: ${SYSTEM_CHOOSES}`, start);
    return this.list;
  }

  private addSource({ directive, addresses, host, place, scope }: Source): void {
    const proxyName = scope.proxy ?? this.outside.proxy;
    if (proxyName !== undefined && directive !== "smtp-proxy-source-host") {
      const proxy = this.proxies.get(proxyName);
      if (proxy === undefined) {
        this.list.leaveOut(
          `use-proxy ${proxyName}`,
          "names a <proxy> that no file holds: give the file that does",
          place,
        );
      } else {
        this.list.add({ ...proxy, helo: proxy.host, setting: `<proxy ${proxyName}> client` });
      }
      return;
    }
    const helo = host ?? scope.hostName ?? this.outside.hostName;
    if (addresses.length === 0) this.list.leaveOut(directive, "names no address", place);
    for (const address of addresses) this.list.add({ address, helo, setting: directive, place });
    if (helo === undefined) {
      this.list.leaveOut(`EHLO name of ${addresses.join(",")}`, "is the machine's host name: set host-name", place);
    }
  }
}

const SOURCE_DIRECTIVES: ReadonlySet<string> = new Set([
  "smtp-source-host",
  "smtp-source-ip",
  "smtp-proxy-source-host",
  // The virtual MTA of the first messages of a day has an address of its own.
  "auto-cold-virtual-mta",
]);

function sourceOf(directive: string, args: readonly string[]): Pick<Source, "addresses" | "host"> {
  // LOCAL-ADDRESS PROXY:PORT CLIENT-ADDRESS[:PORT] HOST: receivers see the client's address.
  if (directive === "smtp-proxy-source-host") {
    const [, , client, host] = args;
    return { addresses: client === undefined ? [] : [withoutPort(client)], host };
  }
  // `IPV4,IPV6 HOST`; what follows further addresses is the host as well.
  const [first = "", ...rest] = args;
  const others = isAddressList(first) ? rest.findIndex((each) => !isAddressList(each)) : 0;
  const lists = [first, ...rest.slice(0, others < 0 ? rest.length : others)];
  return { addresses: lists.flatMap(listed), host: others < 0 ? undefined : rest[others] };
}

function isAddressList(text: string): boolean {
  return listed(text).every(isAddressText);
}

function listed(text: string): string[] {
  return text.split(",").filter((each) => each !== "");
}

/** `192.0.2.1:0`, `[2001:db8::1]:0` */
function withoutPort(text: string): string {
  return text.replace(/^\[([^\]]*)\](?::\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, "$1");
}
