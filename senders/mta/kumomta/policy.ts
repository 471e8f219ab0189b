/** What a policy of KumoMTA, written in Lua, says of the sources that mail leaves by. */
import type { Place } from "../../sender";
import { withoutMark } from "../lines";
import type { ConfigurationFile } from "../mail-server";
import type { SenderList } from "../sender-list";
import { unreadable } from "../tree";
import { Lua, type NamedCall } from "./lua";
import { type LuaFile, LuaFunction, LuaTable, type LuaValue, NamedValue, notListed, Unknown } from "./lua-value";
import { type EgressSource, NOT_KNOWN, type SourceField, sourceFields } from "./source";

export type ParsedPolicy =
  | {
      readonly ok: true;
      readonly file: LuaFile;
      readonly requires: readonly { readonly module: string; readonly line: number }[];
    }
  | { readonly ok: false; readonly why: string; readonly place: Place };

/** Lua 5.4 marks variables, which the grammar of 5.3 does not have. */
const MARKS = /<\s*(?:const|close)\s*>/g;
const REQUIRE = /\brequire\s*\(?\s*(?:'([\w.-]+)'|"([\w.-]+)")/g;

export async function parsePolicy(file: ConfigurationFile): Promise<ParsedPolicy> {
  const start: Place = { file: file.name, line: 1 };
  const problem = unreadable(file);
  if (problem !== undefined) return { ok: false, why: problem, place: start };
  const { parse } = await import("luaparse");
  const text = withoutMark(file.text).replace(MARKS, (mark) => " ".repeat(mark.length));
  try {
    const { body } = parse(text, {
      locations: true,
      ranges: true,
      comments: false,
      luaVersion: "5.3",
      encodingMode: "pseudo-latin1",
    });
    const requires = [...text.matchAll(REQUIRE)].map((match) => ({
      module: match[1] ?? match[2] ?? "",
      line: text.slice(0, match.index).split("\n").length,
    }));
    return { ok: true, file: { name: file.name, text, body }, requires };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, why: "is not read: it nests too deeply", place: start };
    if (!(error instanceof SyntaxError)) throw error;
    const line = (error as SyntaxError & { readonly line?: number }).line ?? 1;
    return { ok: false, why: `is not Lua that can be read: ${error.message}`, place: { file: file.name, line } };
  }
}

/** A file that a policy names: `sources.toml` or `shaping.toml`. */
export interface NamedFile {
  readonly path: string;
  readonly place: Place;
}

/** What an egress path says in EHLO in place of the source's own name. */
export interface PathName {
  /** Undefined: nothing, so that the source's name is said. */
  readonly name: string | undefined;
  /** Whether other paths of the same source may say another name. */
  readonly isConditional: boolean;
}

/** What a policy says. */
export class Policy {
  readonly sources: EgressSource[] = [];
  readonly files: NamedFile[] = [];
  private readonly modules = new Map<string, LuaValue>();
  private readonly sourceHandlers: LuaFunction[] = [];
  private readonly pathHandlers: LuaFunction[] = [];
  private readonly handlers: LuaFunction[] = [];
  private readonly lua = new Lua((call) => this.onCall(call));
  /** Names of paths that are being collected for one source. */
  private pathNames: PathName[] | undefined;
  /** False while it is only found out what a parameter is compared with. */
  private records = true;

  constructor(
    private readonly list: SenderList,
    /** By the name that `require` takes. */
    private readonly available: ReadonlyMap<string, LuaFile>,
  ) {}

  follow(file: LuaFile): void {
    this.guarded(file, () => this.lua.follow(file));
  }

  /** Follows what the server calls, once all files are known. */
  followHandlers(): void {
    for (const handler of this.sourceHandlers) this.guarded(handler.file, () => this.followSourceHandler(handler));
    for (const handler of this.handlers) this.guarded(handler.file, () => this.lua.call(handler, []));
    this.pathNames = [];
    for (const handler of this.pathHandlers) this.guarded(handler.file, () => this.lua.call(handler, []));
    this.pathNames = undefined;
    this.lua.followTheRest();
  }

  /** What the paths of a source say in EHLO. */
  namesOnPaths(source: string): readonly PathName[] {
    const names: PathName[] = [];
    this.pathNames = names;
    for (const handler of this.pathHandlers) {
      this.guarded(handler.file, () => this.lua.call(handler, [new Unknown("domain"), source]));
    }
    this.pathNames = undefined;
    return names;
  }

  /** The name of a source is a parameter: it is followed for each name that it is compared with or looked up by. */
  private followSourceHandler(handler: LuaFunction): void {
    const candidates = new Set<string>();
    this.records = false;
    this.lua.call(handler, [new Unknown("source_name", candidates)]);
    this.records = true;
    for (const name of candidates) this.lua.call(handler, [name]);
    this.lua.call(handler, [new Unknown("the name of any other source", undefined, candidates.size > 0)]);
  }

  private guarded(file: LuaFile, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.list.leaveOut(file.name, "is not read to its end: it nests too deeply", { file: file.name, line: 1 });
    }
    if (this.lua.isExhausted) {
      this.list.leaveOut(file.name, "is not read to its end: the program is too long", { file: file.name, line: 1 });
    }
  }

  private onCall(call: NamedCall): LuaValue | undefined {
    const [first = null] = call.args;
    switch (call.path) {
      case "require":
        return typeof first === "string" ? this.required(first) : undefined;
      case "kumo.on":
        this.on(call);
        return null;
      case "kumo.memoize":
        return first;
      case "kumo.make_egress_source":
      // Its name until 2023.
      case "kumo.define_egress_source":
        this.addSource(first, call);
        return undefined;
      case "kumo.make_egress_path":
        this.addPath(first, call);
        return undefined;
      case "policy-extras.sources:setup":
        this.addFiles(first, call);
        return null;
      case "policy-extras.shaping:setup":
      case "policy-extras.shaping:setup_with_automation":
        this.addFiles(
          first instanceof LuaTable && first.get("extra_files") !== null ? first.get("extra_files") : first,
          call,
        );
        return new NamedValue("shaper");
      default:
        return undefined;
    }
  }

  private required(module: string): LuaValue {
    const known = this.modules.get(module);
    if (known !== undefined) return known;
    const file = this.available.get(module);
    // A module that requires itself gets what stands here for the time being.
    this.modules.set(module, new NamedValue(module));
    if (file !== undefined) this.modules.set(module, this.lua.follow(file));
    return this.modules.get(module) ?? null;
  }

  private on({ args: [event, handler] }: NamedCall): void {
    if (!(handler instanceof LuaFunction)) return;
    if (event === "get_egress_source") this.sourceHandlers.push(handler);
    else if (event === "get_egress_path_config") this.pathHandlers.push(handler);
    else this.handlers.push(handler);
  }

  private addSource(args: LuaValue, call: NamedCall): void {
    if (!this.records || args === notListed) return;
    const place: Place = { file: call.file, line: call.line };
    if (!(args instanceof LuaTable)) {
      this.list.leaveOut(call.path, `is called with ${shown(args)}, ${NOT_KNOWN}`, place);
      return;
    }
    const source = sourceOf(args, place);
    if (source !== undefined) this.sources.push(source);
  }

  private addPath(args: LuaValue, { file, line, isConditional }: NamedCall): void {
    if (!this.records || this.pathNames === undefined) return;
    const name = args instanceof LuaTable ? args.get("ehlo_domain") : null;
    if (name instanceof Unknown || name instanceof NamedValue) {
      this.list.leaveOut("ehlo_domain of kumo.make_egress_path", `is ${shown(name)}, ${NOT_KNOWN}`, { file, line });
    } else {
      this.pathNames.push({ name: typeof name === "string" ? name : undefined, isConditional });
    }
  }

  /** A path, or a list of paths and of tables that stand for a file's content. */
  private addFiles(args: LuaValue, call: NamedCall): void {
    const place: Place = { file: call.file, line: call.line };
    const all = args instanceof LuaTable ? [...args.entries.values()].map(({ value }) => value) : [args];
    for (const each of all) {
      if (typeof each === "string") {
        this.files.push({ path: each, place });
      } else if (each instanceof LuaTable) {
        const sources = each.get("source");
        if (!(sources instanceof LuaTable)) continue;
        for (const [name, { value }] of sources.entries) {
          const source = value instanceof LuaTable ? sourceOf(value, place, String(name)) : undefined;
          if (source !== undefined) this.sources.push(source);
        }
      } else if (each instanceof Unknown) {
        this.list.leaveOut(call.path.replace(/^.*\./, ""), `takes ${shown(each)}, ${NOT_KNOWN}`, place);
      }
    }
  }
}

function shown(value: LuaValue): string {
  if (value instanceof Unknown) return `\`${value.shown}\``;
  return value instanceof NamedValue ? `\`${value.path}\`` : "no table";
}

/** Undefined: for a name that the policy does not have. */
function sourceOf(table: LuaTable, place: Place, named?: string): EgressSource | undefined {
  const name = named ?? table.get("name");
  const fields = new Map<SourceField, { readonly text?: string; readonly unknown?: string; readonly place: Place }>();
  for (const field of sourceFields) {
    const entry = table.entries.get(field);
    if (entry === undefined || entry.value === null) continue;
    if (entry.value === notListed) return undefined;
    const at = { file: place.file, line: entry.line };
    if (typeof entry.value === "string") fields.set(field, { text: entry.value, place: at });
    else fields.set(field, { unknown: shown(entry.value), place: at });
  }
  return { name: typeof name === "string" ? name : undefined, fields, place };
}
