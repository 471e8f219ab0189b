/**
 * Text that may come from DNS or from a person, escaped for the place where it is printed. Whoever runs a reverse zone
 * controls its content and may attack CI logs, pull requests and dashboards with it.
 */
import { forTerminal } from "../../fcrdns/report/escape";

/**
 * One line for a terminal or a CI log. CI systems take commands from logs: GitHub's runner and Azure Pipelines find
 * `##[command]` and `##vso[command]` anywhere in a line, GitHub's also `::command::` at its beginning (spaces do not
 * count), so no line may begin with such text: put a fixed word before it.
 */
export function forLog(text: string): string {
  return forTerminal(text).replace(/#(?=#)/g, "\\u{23}");
}

/** Text and attribute values of XML 1.0. */
export function forXml(text: string): string {
  return forLog(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The part of a GitHub workflow command after the second `::`. */
export function forAnnotation(text: string): string {
  return text.split("\n").map(forLog).join("\n").replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

/** The value of a property of a GitHub workflow command. */
export function forAnnotationProperty(text: string): string {
  return forAnnotation(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/**
 * A sentence within Markdown: nothing in it makes markup, HTML, a link, a mention of somebody or of an issue, or a new
 * cell of a table.
 */
export function forMarkdown(text: string): string {
  return forLog(text)
    .replace(/[@#]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[\\`*_{}[\]<>&()+!|~:$]|(?<=www)\./gi, (character) => `&#${character.charCodeAt(0)};`);
}

/** Names and addresses within Markdown, as code: nothing is interpreted there but backquotes and, in tables, pipes. */
export function asMarkdownCode(text: string): string {
  const shown = forLog(text).replace(/[`|]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  return shown.trim() === "" ? "" : `\`${shown}\``;
}

/** Lines within Markdown as they are, between fences that nothing inside can close. */
export function asMarkdownBlock(lines: readonly string[]): string[] {
  const shown = lines.map(forLog);
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...shown, fence];
}

/**
 * The plain text of a SARIF message, where `{0}` is a placeholder and `[text](target)` a link (SARIF 2.1.0, sections
 * 3.11.5 and 3.11.6).
 */
export function forSarif(text: string): string {
  return forLog(text)
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, digits: string) => `<U+${digits.toUpperCase().padStart(4, "0")}>`)
    .replace(/\](?=\()/g, "] ")
    .replace(/[{}]/g, "$&$&");
}

/**
 * JSON that is plain ASCII: what is invisible or turns the direction of text stays visible in a log, and no line of it
 * holds a command for a CI system.
 * @param indent spaces for each level; 0 for one line
 */
export function asciiJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(/[^\x20-\x7e\n]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/#(?=#)/g, "\\u0023");
}
