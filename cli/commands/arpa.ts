/** `fcrdns arpa`: the reverse name of an address. */
import { reverseName } from "../../fcrdns/names/address";
import { appended } from "../dns-options";
import { exitStatus } from "../exit-status";
import { asciiJson } from "../formats/escape";
import { formatNamed } from "../formats/table";
import { givenAddresses } from "../given-addresses";
import { examples, type FcrdnsCommand } from "./command";

interface ArpaFlags {
  readonly file?: readonly string[];
  readonly format: string;
}

const arpaFormats = ["text", "json", "ndjson"] as const;

export const arpa: FcrdnsCommand<ArpaFlags> = {
  define: (command) =>
    command
      .description("Prints the reverse name of each address, one per line.")
      .argument("[address...]", "IP, a block, or - for standard input")
      .option(
        "--file <file>",
        "addresses, one per line, # begins a comment; - is standard input (repeatable)",
        appended,
      )
      .option("--format <name>", arpaFormats.join(", "), "text")
      .addHelpText(
        "after",
        examples(["fcrdns arpa 192.0.2.10", "fcrdns arpa 2001:db8::10", "fcrdns arpa 192.0.2.0/30"]),
      ),

  run: async (args, flags, environment) => {
    const format = formatNamed(flags.format, arpaFormats);
    const given = await givenAddresses(args, flags.file ?? [], environment);
    const names = [...given].map(({ ip }) => ({ ip, arpa: reverseName(ip) }));
    if (format === "json") {
      await environment.stdout.write(`${asciiJson({ schema: 1, results: names }, 2)}\n`);
      return exitStatus.pass;
    }
    const lines = names.map((each) => (format === "text" ? each.arpa : asciiJson(each)));
    await environment.stdout.write(`${lines.join("\n")}\n`);
    return exitStatus.pass;
  },
};
