/** What an expression of Lua is known to be without running it. */
import type { FunctionDeclaration, Statement } from "luaparse";

export type LuaValue = string | number | boolean | null | LuaTable | LuaFunction | NamedValue | Unknown;

/** One file. */
export interface LuaFile {
  readonly name: string;
  readonly text: string;
  readonly body: readonly Statement[];
}

export class LuaTable {
  private listLength = 0;
  readonly entries = new Map<string | number, { readonly value: LuaValue; readonly line: number }>();

  get(key: string | number): LuaValue {
    return this.entries.get(key)?.value ?? null;
  }

  append(value: LuaValue, line: number): void {
    this.entries.set(this.length() + 1, { value, line });
  }

  /** The length of the list in it. */
  length(): number {
    while (this.entries.has(this.listLength + 1)) this.listLength += 1;
    while (this.listLength > 0 && !this.entries.has(this.listLength)) this.listLength -= 1;
    return this.listLength;
  }
}

export class LuaFunction {
  constructor(
    readonly declaration: FunctionDeclaration,
    readonly scope: Scope,
    readonly file: LuaFile,
  ) {}
}

/** Something of Lua's or KumoMTA's own, known by its name alone: `kumo.make_egress_source`. */
export class NamedValue {
  constructor(readonly path: string) {}
}

/** What only running Lua can say. */
export class Unknown {
  /** @param shown the expression as it stands in the file */
  constructor(
    readonly shown: string,
    /** Collects what the value is compared with or looked up in: what it may be. */
    readonly candidates?: Set<string>,
    /** It is none of the candidates, so that no table holds it. */
    readonly isAnother = false,
  ) {}
}

/** What a table holds for a key that is none of those it has. */
export const notListed = new Unknown("a key that no table holds");

/** Local variables of a block, and of the blocks around it. */
export class Scope {
  private readonly variables = new Map<string, LuaValue>();

  constructor(private readonly outer?: Scope) {}

  declare(name: string, value: LuaValue): void {
    this.variables.set(name, value);
  }

  get(name: string): LuaValue | undefined {
    return this.holder(name)?.variables.get(name);
  }

  /** @returns the scope whose variable was set; undefined where there is none of that name */
  holder(name: string): Scope | undefined {
    return this.variables.has(name) ? this : this.outer?.holder(name);
  }
}
