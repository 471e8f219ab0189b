/** `fcrdns message`: who sent a message, by the headers that its receiver wrote. */
import { parseAddress } from "../../fcrdns/names/address";
import { canonicalHostname, canonicalName } from "../../fcrdns/names/name";
import { forTerminal } from "../../fcrdns/report/escape";
import { type PlannedSender, withMessages } from "../../senders/message/message-findings";
import { type ReadMessage, readMessage } from "../../senders/message/read-message";
import { type Receiver, receiverOf } from "../../senders/message/receiver";
import type { LeftOut, Sender } from "../../senders/sender";
import { checkSettings } from "../check-options";
import { appended } from "../dns-options";
import type { Environment } from "../environment";
import { addSenderOptions, listOrCheck, type SenderFlags } from "../found-senders";
import { textOf } from "../input-lines";
import { UsageProblem } from "../usage-problem";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface MessageFlags extends SenderFlags {
  readonly receiver?: readonly string[];
  readonly expect?: readonly string[];
}

export const message: FcrdnsCommand<MessageFlags> = {
  define: (command) => {
    command
      .description(
        "Finds the address that a message left by and the name said there in EHLO, and checks them. Send one message to any " +
          "mailbox, save it with all its headers, and give the file. Only what the receiver wrote is believed.",
      )
      .argument("[file...]", "messages or their header blocks; - is standard input (default: standard input)")
      .option(
        "--receiver <domain>",
        "who received the message: its servers are within this domain (repeatable; default: the registered domain of the topmost Received: ... by)",
        appended,
      )
      .option("--expect <ip=hostname>", "what was planned; another sender fails (repeatable)", appended);
    return addSenderOptions(command).addHelpText(
      "after",
      `${exitStatusHelp}\n${examples([
        "fcrdns message mail.eml",
        "fcrdns message mail.eml --expect 192.0.2.10=mail.example.com",
        "fcrdns message gmail.eml outlook.eml yahoo.eml --list",
        "fcrdns message --receiver example.net < headers.txt",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    const settings = await checkSettings(flags, environment);
    const receiver = givenReceiver(flags.receiver ?? []);
    const plan = (flags.expect ?? []).map(planned);
    if (flags.list && plan.length > 0) {
      throw new UsageProblem("--list only lists and --expect compares: give one of them");
    }
    const files = [...new Set(args.length === 0 ? ["-"] : args)];
    const { messages, leftOut } = await readMessages(files, receiver, environment);
    const nothing = `none of the ${files.length} messages names a host that sent it`;
    const senders = messages.map(({ sender }) => withPlannedName(sender, plan));
    return listOrCheck({ senders, leftOut }, nothing, flags, settings, environment, (sender, verdict) =>
      withMessages(verdict, sender, sameSender(sender, messages), plan),
    );
  },
};

async function readMessages(files: readonly string[], receiver: Receiver | null, environment: Environment) {
  const messages: ReadMessage[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const read = readMessage(await textOf(file, environment), file, receiver);
    if (read.ok) {
      messages.push(read.message);
      const { secondMessage: line } = read.message;
      const why = "begins here and is not read: give each message as a file of its own";
      if (line !== undefined) leftOut.push({ what: "a second message", why, place: { file, line } });
      continue;
    }
    const { why, line } = read;
    const name = nameOf(file);
    if (files.length === 1) {
      throw new UsageProblem(forTerminal(line === undefined ? `${name} ${why}` : `${name} line ${line}: it ${why}`));
    }
    leftOut.push(line === undefined ? { what: name, why } : { what: "it", why, place: { file, line } });
  }
  return { messages, leftOut };
}

/** Where the address was planned with one name, that is the name that its PTR must be. */
function withPlannedName(sender: Sender, plan: readonly PlannedSender[]): Sender {
  const [ptr, ...others] = plan.filter(({ address }) => address === sender.address).map(({ name }) => name);
  return ptr === undefined || others.length > 0 ? sender : { ...sender, ptr };
}

function sameSender({ address, name, helo }: Sender, messages: readonly ReadMessage[]): ReadMessage[] {
  return messages.filter(({ sender }) => sender.address === address && sender.name === name && sender.helo === helo);
}

/** @throws UsageProblem */
function givenReceiver(domains: readonly string[]): Receiver | null {
  if (domains.length === 0) return null;
  return receiverOf(
    domains.map((domain) => {
      const canonical = canonicalName(domain.replace(/^@/, ""));
      if (!canonical.ok || canonical.name === "." || parseAddress(domain).ok) {
        throw new UsageProblem(`--receiver ${quoted(domain)} is not a domain: write for example example.net`);
      }
      return canonical.name;
    }),
  );
}

/** @throws UsageProblem */
function planned(text: string): PlannedSender {
  const equals = text.indexOf("=");
  if (equals < 0) {
    throw new UsageProblem(
      `--expect ${quoted(text)} has no "=": write IP=HOSTNAME, such as 192.0.2.10=mail.example.com`,
    );
  }
  const address = parseAddress(text.slice(0, equals).trim());
  if (!address.ok) throw new UsageProblem(`--expect ${quoted(text)}: ${address.reason}`);
  const name = canonicalHostname(text.slice(equals + 1).trim());
  if (!name.ok) throw new UsageProblem(`--expect ${quoted(text)}: ${name.reason}`);
  return { address: address.address.text, name: name.name };
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

function quoted(text: string): string {
  return `"${forTerminal(text)}"`;
}
