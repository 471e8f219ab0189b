/** `fcrdns verify`: verdicts on the given addresses. */
import { check } from "../check";
import { addCheckOptions, type CheckFlags, checkSettings } from "../check-options";
import { appended } from "../dns-options";
import { givenAddresses, MAX_BLOCK } from "../given-addresses";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface VerifyFlags extends CheckFlags {
  readonly file?: readonly string[];
  readonly helo?: string;
}

export const verify: FcrdnsCommand<VerifyFlags> = {
  define: (command) => {
    command
      .description(
        "Looks up the PTR of each address and the addresses of that name, and compares them: first at every authoritative " +
          "server of both zones, then, if those agree, at recursive resolvers.",
      )
      .argument("[address...]", `IP, IP=HOSTNAME, a block of at most ${MAX_BLOCK} addresses, or - for standard input`)
      .option(
        "--file <file>",
        "addresses, one per line, # begins a comment; - is standard input (repeatable)",
        appended,
      );
    command.option("--helo <name>", "what the mail server says in EHLO when it sends from these addresses");
    return addCheckOptions(command).addHelpText(
      "after",
      `${exitStatusHelp}\n${examples([
        "fcrdns verify 192.0.2.10=mail.example.com 2001:db8::10=mail.example.com",
        "fcrdns verify --file senders.txt --format junit > fcrdns.xml",
        "fcrdns verify 192.0.2.0/28 --explain",
        "fcrdns verify 192.0.2.10=mail.example.com --deadline 900",
        "fcrdns verify 192.0.2.10 --helo mail.example.com",
        "dig +short mail.example.com | fcrdns verify -",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    const settings = await checkSettings(flags, environment);
    const subjects = await givenAddresses(args, flags.file ?? [], environment);
    const options = { ...settings.options, ...(flags.helo !== undefined && { helo: flags.helo }) };
    return check({ ...settings, subjects, count: subjects.count, options }, environment);
  },
};
