/** TOML, YAML and JSON as one kind of tree, each value with its line. */
import type { Place } from "../sender";
import { withoutMark } from "./lines";
import type { ConfigurationFile } from "./mail-server";

export type Tree =
  | { readonly kind: "table"; readonly entries: ReadonlyMap<string, Tree>; readonly place: Place }
  /** A list is a table with the keys `0`, `1`, ... */
  | { readonly kind: "list"; readonly entries: ReadonlyMap<string, Tree>; readonly place: Place }
  | { readonly kind: "text"; readonly text: string; readonly place: Place }
  /** A number, a boolean, null: as it would be printed. */
  | { readonly kind: "other"; readonly text: string; readonly place: Place };

export type ReadTree =
  | { readonly ok: true; readonly tree: Tree }
  /** In words that follow the file's name. */
  | { readonly ok: false; readonly why: string; readonly place: Place };

/** A configuration written by people is smaller by far; the parsers need about a hundred times as much memory. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
/** The parser of YAML takes some seconds for each MiB. */
const MAX_YAML_CHARACTERS = 2 * 1024 * 1024;

/** Deeper than any configuration, and far from the end of the stack. */
const MAX_DEPTH = 100;
/** Aliases of YAML can make a tree of any size from a few lines. */
const MAX_NODES = 1_000_000;

/** Why a file of this size or shape is not given to a parser; undefined: it may be. */
export function unreadable({ text }: ConfigurationFile, most = MAX_CHARACTERS): string | undefined {
  if (text.length > most) return `is not read: it is larger than ${most / 1024 / 1024} MiB`;
  return text.includes("\0") ? "is not read: it has a NUL character, so it is no text" : undefined;
}

/** A table or list that is still being filled. */
interface Growing {
  readonly kind: "table" | "list";
  readonly entries: Map<string, Tree>;
  readonly place: Place;
}

export async function readToml(file: ConfigurationFile): Promise<ReadTree> {
  const start: Place = { file: file.name, line: 1 };
  const problem = unreadable(file);
  if (problem !== undefined) return { ok: false, why: problem, place: start };
  const { ParseError, parseTOML } = await import("toml-eslint-parser");
  type Value = import("toml-eslint-parser").AST.TOMLContentNode;
  type KeyValue = import("toml-eslint-parser").AST.TOMLKeyValue;
  const placeOf = ({ loc }: { readonly loc: { readonly start: { readonly line: number } } }): Place => ({
    file: file.name,
    line: loc.start.line,
  });
  const root: Growing = { kind: "table", entries: new Map(), place: start };

  function add(table: Growing, { key, value }: KeyValue): void {
    const names = key.keys.map((part) => ("name" in part ? part.name : part.value));
    const last = names.pop() ?? "";
    tableAt(table, names, placeOf(key)).entries.set(last, treeOf(value));
  }

  function treeOf(value: Value): Tree {
    const place = placeOf(value);
    if (value.type === "TOMLArray") {
      return { kind: "list", entries: new Map(value.elements.map((each, at) => [String(at), treeOf(each)])), place };
    }
    if (value.type === "TOMLInlineTable") {
      const table: Growing = { kind: "table", entries: new Map(), place };
      for (const each of value.body) add(table, each);
      return table;
    }
    return value.kind === "string"
      ? { kind: "text", text: value.value, place }
      : { kind: "other", text: String(value.value), place };
  }

  try {
    for (const part of parseTOML(withoutMark(file.text)).body[0].body) {
      if (part.type === "TOMLKeyValue") {
        add(root, part);
      } else {
        const table = tableAt(root, part.resolvedKey, placeOf(part));
        for (const each of part.body) add(table, each);
      }
    }
    return { ok: true, tree: root };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, why: "is not read: it nests too deeply", place: start };
    if (!(error instanceof ParseError)) throw error;
    const place = { file: file.name, line: error.lineNumber };
    return { ok: false, why: `is not TOML that can be read: ${error.message}`, place };
  }
}

/** The table at the end of a path, made where there is none; numbers are places in a list. */
function tableAt(root: Growing, path: readonly (string | number)[], place: Place): Growing {
  let table = root;
  path.forEach((key, at) => {
    const next = table.entries.get(String(key));
    if (next?.kind === "table" || next?.kind === "list") {
      // Only this function and its caller made it.
      table = next as Growing;
      return;
    }
    const made: Growing = { kind: typeof path[at + 1] === "number" ? "list" : "table", entries: new Map(), place };
    table.entries.set(String(key), made);
    table = made;
  });
  return table;
}

/** YAML 1.2, and with it JSON. */
export async function readYaml(file: ConfigurationFile): Promise<ReadTree> {
  const start: Place = { file: file.name, line: 1 };
  const problem = unreadable(file, MAX_YAML_CHARACTERS);
  if (problem !== undefined) return { ok: false, why: problem, place: start };
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  // The check for keys that stand twice takes time with the square of a table's size.
  const document = parseDocument(withoutMark(file.text), { lineCounter, merge: true, uniqueKeys: false });
  const placeAt = (offset: number | undefined): Place => ({
    file: file.name,
    line: offset === undefined ? 1 : Math.max(1, lineCounter.linePos(offset).line),
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const why = /call stack/.test(error.message) ? "it nests too deeply" : (error.message.split("\n")[0] ?? "");
    return { ok: false, why: `is not YAML that can be read: ${why}`, place: placeAt(error.pos[0]) };
  }

  let nodes = 0;
  const aliased = new Map<unknown, unknown>();
  function treeOf(node: unknown, place: Place, depth: number): Tree {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) throw new TooLarge();
    if (isAlias(node)) {
      // To resolve it takes a walk through the document.
      if (!aliased.has(node)) aliased.set(node, node.resolve(document));
      return treeOf(aliased.get(node), place, depth + 1);
    }
    if (isMap(node) || isSeq(node)) {
      const here = placeAt(node.range?.[0]);
      const entries = new Map<string, Tree>();
      node.items.forEach((item, at) => {
        if (isSeq(node)) {
          entries.set(String(at), treeOf(item, here, depth + 1));
          return;
        }
        const { key, value } = item as { readonly key: unknown; readonly value: unknown };
        const name = isScalar(key) ? String(key.value) : String(key);
        const inside = treeOf(value, isScalar(key) ? placeAt(key.range?.[0]) : here, depth + 1);
        if (name === "<<" && inside.kind === "table") {
          for (const [merged, tree] of inside.entries) if (!entries.has(merged)) entries.set(merged, tree);
        } else {
          entries.set(name, inside);
        }
      });
      return { kind: isSeq(node) ? "list" : "table", entries, place: here };
    }
    const value = isScalar(node) ? node.value : node;
    return { kind: typeof value === "string" ? "text" : "other", text: String(value ?? ""), place };
  }

  try {
    return { ok: true, tree: treeOf(document.contents, start, 0) };
  } catch (problem) {
    if (!(problem instanceof TooLarge)) throw problem;
    return { ok: false, why: "is not read: it nests too deeply, or its aliases make it too large", place: start };
  }
}

class TooLarge extends Error {}

/** The value at the end of a path; undefined where there is none. */
export function valueAt(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let at = tree;
  for (const key of path) at = at?.kind === "table" || at?.kind === "list" ? at.entries.get(key) : undefined;
  return at;
}

/** The text at the end of a path; undefined where there is none. */
export function textAt(tree: Tree | undefined, ...path: readonly string[]): string | undefined {
  const value = valueAt(tree, ...path);
  return value?.kind === "text" ? value.text : undefined;
}

/** The tables and lists below the end of a path, with their keys. */
export function entriesAt(tree: Tree | undefined, ...path: readonly string[]): [string, Tree][] {
  const value = valueAt(tree, ...path);
  return value?.kind === "table" || value?.kind === "list" ? [...value.entries] : [];
}
