/** `fcrdns mta`: who sends by the configuration of a mail server. */
import { parseAddress } from "../../fcrdns/names/address";
import { forTerminal } from "../../fcrdns/report/escape";
import { addressKind } from "../../senders/mta/address-kind";
import { withPrivateBindAddress } from "../../senders/mta/bind-address-private";
import type { ConfigurationFile, MailServer } from "../../senders/mta/mail-server";
import { mailServers } from "../../senders/mta/mail-servers";
import { behindNat, type Nat, withoutSender } from "../../senders/mta/nat";
import { recognise } from "../../senders/mta/recognise";
import { checkSettings } from "../check-options";
import { appended } from "../dns-options";
import type { Environment } from "../environment";
import { addSenderOptions, listOrCheck, type SenderFlags } from "../found-senders";
import { openIncludedWith } from "../included-files";
import { textOf } from "../input-lines";
import { UsageProblem } from "../usage-problem";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface MtaFlags extends SenderFlags {
  readonly type?: string;
  readonly nat?: readonly string[];
}

const types = mailServers.map(({ name }) => name).join(", ");

export const mta: FcrdnsCommand<MtaFlags> = {
  define: (command) => {
    command
      .description(
        "Reads the configuration of a mail server and checks each address that mail leaves by against the name that the " +
          `server says in EHLO there. Knows ${mailServers.map(({ title }) => title).join(", ")}.`,
      )
      .argument("<file...>", "configuration files of one mail server; - is standard input")
      .option("--type <name>", `${types} (default: by file name and content)`)
      .option(
        "--nat <private=public>",
        "the public address that receivers see instead of a private one (repeatable)",
        appended,
      );
    return addSenderOptions(command).addHelpText(
      "after",
      `${exitStatusHelp}\n${examples([
        "fcrdns mta /etc/postfix/main.cf /etc/postfix/master.cf",
        "fcrdns mta /etc/postfix/main.cf --list",
        "fcrdns mta /etc/postfix/main.cf --nat 10.0.0.5=192.0.2.10",
        "postconf -n | fcrdns mta - --type postfix",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    const settings = await checkSettings(flags, environment);
    const nat = natOf(flags.nat ?? []);
    const chosen = serverNamed(flags.type);
    const files = await configurationFiles(args, environment);
    const server = chosen ?? serverOf(files);
    const bound = await server.read(files, openIncludedWith(environment));
    for (const address of withoutSender(nat, bound)) {
      await environment.stderr.write(`fcrdns: --nat ${address}: no sender has this address in the configuration\n`);
    }
    const nothing = `no address that mail leaves by is known from ${filesText(files)}, so nothing could be checked`;
    return listOrCheck(behindNat(bound, nat), nothing, flags, settings, environment, (sender, verdict) =>
      withPrivateBindAddress(verdict, sender),
    );
  },
};

function serverNamed(type: string | undefined): MailServer | undefined {
  if (type === undefined) return undefined;
  const found = mailServers.find(({ name }) => name === type.toLowerCase());
  if (found === undefined) throw new UsageProblem(`--type ${quoted(type)} is not a mail server: write ${types}`);
  return found;
}

async function configurationFiles(names: readonly string[], environment: Environment): Promise<ConfigurationFile[]> {
  const files: ConfigurationFile[] = [];
  for (const name of new Set(names))
    files.push({ name, text: (await textOf(name, environment)).replace(/^\ufeff/, "") });
  return files;
}

function serverOf(files: readonly ConfigurationFile[]): MailServer {
  const found = recognise(files, mailServers);
  switch (found.kind) {
    case "server":
      return found.server;
    case "unknown":
      throw new UsageProblem(
        `${nameOf(found.file)} is not recognised as a mail server's configuration: say whose it is with --type ${types.replaceAll(", ", "|")}`,
      );
    case "ambiguous": {
      const names = found.servers.map(({ name }) => name);
      throw new UsageProblem(
        `${nameOf(found.file)} could be a configuration of ${names.join(" or ")}: say which with --type ${names.join("|")}`,
      );
    }
    case "mixed": {
      const each = found.files.map(({ file, server }) => `${nameOf(file)} is of ${server.title}`);
      throw new UsageProblem(
        `${each.join(", ")}: give the files of one mail server at a time, or say whose all of them are with --type NAME`,
      );
    }
  }
}

/** @throws UsageProblem */
function natOf(flags: readonly string[]): Nat {
  const nat = new Map<string, string[]>();
  for (const flag of flags) {
    const equals = flag.indexOf("=");
    if (equals < 0) {
      throw new UsageProblem(`--nat ${quoted(flag)} has no "=": write PRIVATE=PUBLIC, such as 10.0.0.5=192.0.2.10`);
    }
    const [inside, outside] = [flag.slice(0, equals), flag.slice(equals + 1)].map((side) => {
      const read = parseAddress(side.trim());
      if (!read.ok) throw new UsageProblem(`--nat ${quoted(flag)}: ${forTerminal(read.reason)}`);
      return read.address;
    });
    if (inside === undefined || outside === undefined) continue;
    if (inside.family !== outside.family) {
      throw new UsageProblem(`--nat ${quoted(flag)} has an IPv4 and an IPv6 address: write two of one family`);
    }
    if (addressKind(outside.text) !== "public") {
      const swapped = addressKind(inside.text) === "public" ? `, ${outside.text}=${inside.text}` : "";
      throw new UsageProblem(
        `--nat ${quoted(flag)}: ${outside.text} is not a public address: write PRIVATE=PUBLIC${swapped}`,
      );
    }
    nat.set(inside.text, [...(nat.get(inside.text) ?? []), outside.text]);
  }
  return nat;
}

function filesText(files: readonly ConfigurationFile[]): string {
  const shown = files.slice(0, 3).map(({ name }) => nameOf(name));
  return [...shown, ...(files.length > 3 ? [`${files.length - 3} more files`] : [])].join(", ");
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : forTerminal(file);
}

function quoted(text: string): string {
  return `"${forTerminal(text)}"`;
}
