/** `fcrdns name`: whether a name is a good PTR name. Sends no queries. */
import { parseAddress } from "../../fcrdns/names/address";
import { inspectName, type NameInspection } from "../../fcrdns/names/inspect-name";
import { forTerminal } from "../../fcrdns/report/escape";
import { type Colours, coloursFor } from "../colours";
import { appended } from "../dns-options";
import type { Environment } from "../environment";
import { exitStatus } from "../exit-status";
import { asciiJson, forLog } from "../formats/escape";
import { formatNamed } from "../formats/table";
import { fieldsOf, linesOf } from "../input-lines";
import { UsageProblem } from "../usage-problem";
import { examples, type FcrdnsCommand } from "./command";

interface NameFlags {
  readonly file?: readonly string[];
  readonly ip?: string;
  readonly format: string;
}

interface GivenName {
  readonly name: string;
  readonly ip: string | undefined;
}

const nameFormats = ["text", "json", "ndjson"] as const;

export const name: FcrdnsCommand<NameFlags> = {
  define: (command) =>
    command
      .description(
        "Checks whether a name is a valid host name and whether it looks like a provider's default or a generated name, " +
          "which receivers distrust. Sends no queries. If the address is given, its digits are recognised in any notation.",
      )
      .argument("[hostname...]", "names, or IP=HOSTNAME to give the address too; - is standard input")
      .option("--ip <address>", "the address that the names are for")
      .option("--file <file>", "names, one per line, # begins a comment; - is standard input (repeatable)", appended)
      .option("--format <name>", nameFormats.join(", "), "text")
      .addHelpText(
        "after",
        `\nExit status: 0 every name is valid and not generic; 1 at least one is not; 2 bad usage.\n${examples([
          "fcrdns name mail.example.com",
          "fcrdns name static.10.2.0.192.clients.your-server.de --ip 192.0.2.10",
          "fcrdns name --file names.txt --format ndjson",
        ])}`,
      ),

  run: async (args, flags, environment) => {
    const format = formatNamed(flags.format, nameFormats);
    const names = await givenNames(args, flags, environment);
    const inspections = names.map((given) => inspectName(given.name, { ip: given.ip }));
    const good = inspections.every(isGood);
    await environment.stdout.write(rendered(inspections, format, coloursFor(environment)));
    return good ? exitStatus.pass : exitStatus.fail;
  },
};

function isGood({ valid, generic }: NameInspection): boolean {
  return valid && !generic;
}

async function givenNames(args: readonly string[], flags: NameFlags, environment: Environment): Promise<GivenName[]> {
  const ip = flags.ip === undefined ? undefined : address(flags.ip, "--ip");
  const fromFile = async (file: string): Promise<GivenName[]> => {
    const where = file === "-" ? "standard input" : forTerminal(file);
    const lines = await linesOf(file, environment);
    if (lines.empty) throw new UsageProblem(`${where} contains no name: write one per line`);
    return Array.from(lines, ({ fields, number }) => givenName(fields, ip, `${where} line ${number}: `));
  };
  const names: GivenName[] = [];
  for (const arg of args) {
    if (arg === "-") names.push(...(await fromFile("-")));
    else names.push(givenName(fieldsOf(arg), ip, ""));
  }
  for (const file of flags.file ?? []) names.push(...(await fromFile(file)));
  if (names.length === 0) throw new UsageProblem("no name given: write one or several, or give --file FILE");
  return names;
}

/** `HOSTNAME`, `IP=HOSTNAME` or `IP HOSTNAME`. */
function givenName(fields: readonly string[], ip: string | undefined, where: string): GivenName {
  const [first = "", second, ...rest] = fields;
  if (rest.length > 0) {
    throw new UsageProblem(
      `${where}"${forTerminal(fields.join(" "))}" is more than one name: write HOSTNAME or IP=HOSTNAME`,
    );
  }
  if (second === undefined) {
    if (first === "") throw new UsageProblem(`${where}the name is empty: write for example mail.example.com`);
    return { name: first, ip };
  }
  if (second === "")
    throw new UsageProblem(`${where}there is no name after "${forTerminal(first)}": write IP=HOSTNAME`);
  return { name: second, ip: address(first, where === "" ? "" : where.replace(/: $/, "")) };
}

function address(text: string, where: string): string {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new UsageProblem(`${where === "" ? "" : `${where}: `}${forTerminal(parsed.reason)}`);
  return parsed.address.text;
}

function rendered(
  inspections: readonly NameInspection[],
  format: (typeof nameFormats)[number],
  colours: Colours,
): string {
  if (format === "ndjson") return inspections.map((each) => `${asciiJson(each)}\n`).join("");
  if (format === "json") {
    const [only, ...more] = inspections;
    return `${asciiJson(more.length === 0 ? only : { schema: 1, results: inspections }, 2)}\n`;
  }
  return inspections.map((each) => `${textLines(each, colours).join("\n")}\n`).join("");
}

function textLines(inspection: NameInspection, colours: Colours): string[] {
  const { hostname, valid, generic, reasons } = inspection;
  const good = isGood(inspection);
  const outcome = good
    ? "valid, not generic"
    : [...(valid ? [] : ["not valid"]), ...(generic ? ["generic"] : [])].join(", ");
  const paint = good ? colours.green : colours.red;
  return [
    `${paint(good ? "✓" : "✗")} ${forLog(hostname)}  ${paint(outcome)}`,
    ...reasons.map(({ rule, message }) => `    ${rule}: ${forLog(message)}`),
  ];
}
