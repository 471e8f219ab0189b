/** Stalwart's settings as its own configuration reader has them: dotted keys, macros, and expressions that may depend on `if`. */
import type { Place } from "../../sender";
import type { Tree } from "../tree";

export interface Setting {
  readonly text: string;
  readonly place: Place;
}

/** A text, or why it is not known, in words that follow the setting. */
export type Resolved = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** One outcome of a setting that may be an `if` block. */
export interface Branch {
  /** What must hold; undefined: nothing. */
  readonly condition?: string;
  /** Literals, or why there are none. */
  readonly values:
    | { readonly ok: true; readonly texts: readonly string[] }
    | { readonly ok: false; readonly why: string };
  readonly place: Place;
}

export class Settings {
  private readonly keys = new Map<string, Setting>();
  /** The keys below each prefix; made when it is asked for first. */
  private prefixes: ReadonlyMap<string, readonly string[]> | undefined;

  /** Adds what a file says; a later one replaces an earlier one, as in Stalwart. */
  add(tree: Tree, prefix = ""): void {
    this.prefixes = undefined;
    if (tree.kind !== "table" && tree.kind !== "list") {
      this.keys.set(prefix, tree);
      return;
    }
    for (const [key, inside] of tree.entries) this.add(inside, prefix === "" ? key : `${prefix}.${key}`);
  }

  get(key: string): Setting | undefined {
    return this.keys.get(key);
  }

  /** The settings below a key, without that part of their own keys, in the order of the file. */
  below(key: string): [string, Setting][] {
    this.prefixes ??= this.indexed();
    return (this.prefixes.get(key) ?? []).flatMap((each) => {
      const setting = this.keys.get(each);
      return setting === undefined ? [] : [[each.slice(key.length + 1), setting] satisfies [string, Setting]];
    });
  }

  private indexed(): Map<string, string[]> {
    const prefixes = new Map<string, string[]>();
    for (const key of this.keys.keys()) {
      for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
        const prefix = key.slice(0, dot);
        const keys = prefixes.get(prefix);
        if (keys === undefined) prefixes.set(prefix, [key]);
        else keys.push(key);
      }
    }
    return prefixes;
  }

  /** Replaces macros: `%{cfg:KEY}%` (from 0.6), `%{NAME}%` of `[macros]` (before it). */
  resolve(text: string, depth = 0): Resolved {
    let why: string | undefined;
    const replaced = text.replace(/%\{(?:(\w+):)?([^}]*)\}%/g, (macro, kind: string | undefined, name: string) => {
      const setting = kind === "cfg" ? this.get(name) : kind === undefined ? this.macro(name) : undefined;
      const inside: Resolved =
        setting === undefined || depth > 10
          ? {
              ok: false,
              why: `holds ${macro}, which this file does not set: write the value itself, or verify ADDRESS=NAME`,
            }
          : this.resolve(setting.text, depth + 1);
      if (!inside.ok) why ??= inside.why;
      return inside.ok ? inside.text : macro;
    });
    return why === undefined ? { ok: true, text: replaced } : { ok: false, why };
  }

  private macro(name: string): Setting | undefined {
    return this.get(`macros.${name}`) ?? this.get(`macros.${name.toLowerCase()}`);
  }

  /** All that a setting may be. Empty: it is not set. */
  branches(key: string): Branch[] {
    const single = this.get(key);
    if (single !== undefined) return [{ values: this.values([single]), place: single.place }];
    const groups = new Map<string, [string, Setting][]>();
    for (const [rest, setting] of this.below(key)) {
      const [, at = "", name = ""] = /^([^.]*)\.?(.*)$/.exec(rest) ?? [];
      const group = groups.get(at);
      if (group === undefined) groups.set(at, [[name, setting]]);
      else group.push([name, setting]);
    }
    const all = [...groups.values()];
    // A plain list, as versions before 0.6 have it.
    if (all.every((group) => group.every(([name]) => name === ""))) {
      const settings = all.flatMap((group) => group.map(([, setting]) => setting));
      const [first] = settings;
      if (first === undefined) return [];
      const values = this.values(settings);
      if (values.ok) return [{ values, place: first.place }];
      // One that is not known hides none of the others.
      return settings.map((each) => ({ values: this.values([each]), place: each.place }));
    }
    return all.flatMap((group) => {
      const outcome = group.filter(([name]) => /^(?:then|else)(?:\.|$)/.test(name)).map(([, setting]) => setting);
      const conditions = group.filter(([name]) => !/^(?:then|else)(?:\.|$)/.test(name));
      const [first] = outcome;
      if (first === undefined) return [];
      const condition = conditions.map(([name, { text }]) => `${name} ${text}`).join(" ");
      return [{ ...(conditions.length > 0 && { condition }), values: this.values(outcome), place: first.place }];
    });
  }

  private values(settings: readonly Setting[]): Branch["values"] {
    const texts: string[] = [];
    for (const { text } of settings) {
      const resolved = this.resolve(text);
      if (!resolved.ok) return resolved;
      const literals = this.literals(resolved.text.trim());
      if (literals === undefined) {
        return {
          ok: false,
          why: `is the expression \`${text}\`, which only Stalwart can evaluate: verify ADDRESS=NAME`,
        };
      }
      texts.push(...literals);
    }
    return { ok: true, texts };
  }

  /** What an expression is made of, where it is nothing but literals or the value of another setting. */
  private literals(expression: string): string[] | undefined {
    if (expression === "false" || expression === "" || expression === "[]") return [];
    const list = /^\[(.*)\]$/s.exec(expression)?.[1];
    if (list !== undefined && !/^[0-9a-f:.]+$/i.test(list)) {
      const items = list.split(",").map((item) => this.literals(item.trim()));
      return items.some((item) => item === undefined) ? undefined : items.flatMap((item) => item ?? []);
    }
    const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(expression);
    if (quoted !== null) return [quoted[1] ?? quoted[2] ?? ""];
    const other = /^config_get\(\s*'([^']*)'\s*\)$/.exec(expression)?.[1] ?? LOOKED_UP.exec(expression)?.[1];
    if (other !== undefined) {
      const setting = this.get(other) ?? this.get(`lookup.default.${other}`);
      const resolved = setting && this.resolve(setting.text);
      return resolved?.ok ? [resolved.text] : undefined;
    }
    // Before 0.6 a text was no expression.
    return /^[\w.:[\]-]+$/.test(expression) && /[.:]/.test(expression) ? [expression] : undefined;
  }
}

/** The name of the host in versions 0.7 to 0.9: `key_get('default', 'hostname')`. */
const LOOKED_UP = /^key_get\(\s*'default'\s*,\s*'([^']*)'\s*\)$/;
