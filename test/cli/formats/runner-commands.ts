/** What a CI system would take for a command in a log, read as those systems read it. */

export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const known = new Set(
  "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning".split(
    " ",
  ),
);

/** GitHub's runner: `::name k=v,k=v::data` after any spaces, and `##[name k=v;]data` anywhere in a line. */
export function runnerCommands(log: string): RunnerCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => [...(second(line) ?? first(line) ?? [])]);
}

function second(line: string): RunnerCommand[] | undefined {
  const match = /^\s*::(.*?)::(.*)$/su.exec(line);
  if (match === null) return undefined;
  return command(match[1] ?? "", ",", match[2] ?? "");
}

function first(line: string): RunnerCommand[] | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  return command(line.slice(start + 3, end), ";", line.slice(end + 1));
}

function command(info: string, separator: string, data: string): RunnerCommand[] | undefined {
  const [name = "", ...rest] = info.split(" ");
  if (!known.has(name.toLowerCase())) return undefined;
  const pairs = rest
    .join(" ")
    .split(separator)
    .flatMap((pair): [string, string][] => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [] : [[pair.slice(0, equals).trim(), unescaped(pair.slice(equals + 1))]];
    });
  return [{ name, properties: Object.fromEntries(pairs), data: unescaped(data) }];
}

function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%" };
  return text.replace(/%(0D|0A|3A|2C|25)/g, (code) => plain[code] ?? code);
}

/** Azure Pipelines' logging commands. */
export function azureCommands(log: string): string[] {
  return log.match(/##(vso)?\[[^\]]*\]/g) ?? [];
}
