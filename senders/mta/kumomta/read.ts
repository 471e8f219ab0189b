/**
 * KumoMTA: `sources.toml` and `shaping.toml` (or JSON) of its helpers, and policies in Lua, which are followed as far as
 * they consist of literals. The EHLO name of a path (`shaping.toml`, `kumo.make_egress_path`) replaces that of the source.
 */
import type { Place } from "../../sender";
import { baseName, Includes, isGiven } from "../lines";
import type { ConfigurationFile, MailServer } from "../mail-server";
import { SenderList, SYSTEM_CHOOSES } from "../sender-list";
import { entriesAt, readToml, readYaml, type Tree, textAt, valueAt } from "../tree";
import type { LuaFile } from "./lua-value";
import { type ParsedPolicy, Policy, parsePolicy } from "./policy";
import { addSource, type EgressSource, type FieldValue, type SourceField, sourceFields } from "./source";

export const kumomta = {
  name: "kumomta",
  title: "KumoMTA",
  // docs and crates/kumod/src/{egress_source,smtp_dispatcher}.rs, assets/policy-extras/sources.lua; 2026-11-22.
  source: "https://docs.kumomta.com/userguide/configuration/sendingips/",
  recognises: (file) => {
    if (/kumomta.*\.(?:lua|toml|json)$/i.test(file.name) || HELPERS_FILE.test(baseName(file.name))) return "by-name";
    return /\bmake_egress_(?:source|path|pool)\b|['"]kumo['"]|policy-extras\.|^\s*\[\s*source\s*\.|"source_address"\s*:|^\s*(?:source_address|ehlo_domain)\s*=/m.test(
      file.text,
    )
      ? "by-content"
      : "no";
  },
  async read(files, open) {
    const list = new SenderList();
    const data = new Data(list);
    const policies: { readonly parsed: ParsedPolicy & { ok: true }; readonly includes: Includes }[] = [];
    for (const file of files) {
      if (!isLua(file)) {
        await data.add(file);
        continue;
      }
      const parsed = await parsePolicy(file);
      if (parsed.ok) policies.push({ parsed, includes: Includes.of(file, open) });
      else list.leaveOut(baseName(file.name), parsed.why, parsed.place);
    }

    const modules = new Map<string, LuaFile>();
    for (const { parsed, includes } of policies) await openModules(parsed, includes, files, modules, list);
    for (const { parsed } of policies) {
      const module = baseName(parsed.file.name).replace(/\.lua$/, "");
      if (!modules.has(module)) modules.set(module, parsed.file);
    }
    const policy = new Policy(list, modules);
    for (const { parsed } of policies) policy.follow(parsed.file);
    policy.followHandlers();
    for (const { path, place } of policy.files) {
      // What is part of KumoMTA names no source.
      if (isGiven(path, files) || path.startsWith("/opt/kumomta/share/")) continue;
      const includes =
        policies.find(({ parsed }) => parsed.file.name === place.file)?.includes ?? policies[0]?.includes;
      const opened = await includes?.open(path);
      if (opened === undefined || !opened.ok) list.leaveOut(path, opened?.why ?? "is missing", place);
      else for (const { file } of opened.files) await data.add(file);
    }

    for (const source of [...data.sources(), ...policy.sources]) {
      addSource(source, [...namesOf(source, data, policy)], list);
    }
    const [first] = files;
    if (list.senders.length === 0 && list.leftOut.length === 0 && first !== undefined) {
      list.leaveOut("an egress source", `is not defined: ${SYSTEM_CHOOSES}`, { file: first.name, line: 1 });
    }
    return list;
  },
} satisfies MailServer;

function isLua({ name, text }: ConfigurationFile): boolean {
  return /\.lua$/i.test(name) || (!/\.(?:toml|json)$/i.test(name) && /\bkumo[.]|\brequire\b|--\[\[/.test(text));
}

/** What is said in EHLO with a source, on one path or another; undefined stands for the name of the source itself. */
function namesOf(source: EgressSource, data: Data, policy: Policy): Set<string | undefined> {
  const { always, sometimes } = data.namesOnPaths(source.name);
  const onPaths = policy.namesOnPaths(source.name ?? "");
  const isReplaced =
    always !== undefined ||
    (onPaths.length > 0 && onPaths.every(({ name, isConditional }) => name !== undefined && !isConditional));
  return new Set([
    ...(always !== undefined ? [always] : isReplaced ? [] : [undefined]),
    ...onPaths.flatMap(({ name }) => (name === undefined ? [] : [name])),
    ...sometimes,
  ]);
}

/** What KumoMTA's helpers read. */
const HELPERS_FILE = /^(?:sources|queues|shaping[\w.-]*|listener_domains|dkim_data)\.(?:toml|json)$|^tsa_init\.lua$/;

/** Modules of the policy's own. Those of KumoMTA and of Lua define no source. */
const OWN = /^(?!kumo$|kumo\.|policy-extras\.|redis$|sqlite$|string$|table$|os$|io$|math$)/;

async function openModules(
  { file, requires }: ParsedPolicy & { ok: true },
  includes: Includes,
  given: readonly ConfigurationFile[],
  modules: Map<string, LuaFile>,
  list: SenderList,
): Promise<void> {
  for (const { module, line } of requires) {
    if (!OWN.test(module) || modules.has(module)) continue;
    const path = `${module.replaceAll(".", "/")}.lua`;
    if (isGiven(path, given)) continue;
    const place: Place = { file: file.name, line };
    const opened = await includes.open(path);
    if (!opened.ok) {
      list.leaveOut(`require '${module}'`, "may define more sources: give its file too", place);
      continue;
    }
    for (const { file: found, inside } of opened.files) {
      const parsed = await parsePolicy(found);
      if (!parsed.ok) {
        list.leaveOut(baseName(found.name), parsed.why, parsed.place);
        continue;
      }
      modules.set(module, parsed.file);
      await openModules(parsed, inside, given, modules, list);
    }
  }
}

/** What `sources.toml`, `shaping.toml` and their like say together. */
class Data {
  private readonly byName = new Map<string, Map<SourceField, FieldValue>>();
  private readonly places = new Map<string, Place>();
  private always: string | undefined;
  private readonly sometimes = new Set<string>();
  private readonly sometimesOfSource = new Map<string, Set<string>>();

  constructor(private readonly list: SenderList) {}

  async add(file: ConfigurationFile): Promise<void> {
    const isJson = /\.json$/i.test(file.name) || /^\s*\{/.test(file.text);
    const read = isJson ? await readYaml(file) : await readToml(file);
    if (!read.ok) {
      this.list.leaveOut(baseName(file.name), read.why, read.place);
      return;
    }
    for (const [name, source] of entriesAt(read.tree, "source")) this.addSource(name, source);
    for (const [key, inside] of entriesAt(read.tree)) {
      if (key === "source" || key === "pool") continue;
      if (key === "provider") for (const [, each] of entriesAt(inside)) this.addPath(each);
      else if (key === "default") this.addDefault(inside);
      else this.addPath(inside);
    }
  }

  /** A later file adds to what an earlier one says of the same source. */
  private addSource(name: string, source: Tree): void {
    const fields = this.byName.get(name) ?? new Map<SourceField, FieldValue>();
    this.byName.set(name, fields);
    if (!this.places.has(name)) this.places.set(name, source.place);
    for (const field of sourceFields) {
      const value = valueAt(source, field);
      if (value?.kind === "text") fields.set(field, value);
      else if (value !== undefined) fields.set(field, { unknown: `no text`, place: value.place });
    }
  }

  private addDefault(path: Tree): void {
    this.always = textAt(path, "ehlo_domain") ?? this.always;
    this.addOfSources(path);
  }

  private addPath(path: Tree): void {
    const name = textAt(path, "ehlo_domain");
    if (name !== undefined) this.sometimes.add(name);
    this.addOfSources(path);
  }

  private addOfSources(path: Tree): void {
    for (const [source, inside] of entriesAt(path, "sources")) {
      const name = textAt(inside, "ehlo_domain");
      if (name === undefined) continue;
      const names = this.sometimesOfSource.get(source) ?? new Set();
      this.sometimesOfSource.set(source, names.add(name));
    }
  }

  *sources(): Generator<EgressSource> {
    for (const [name, fields] of this.byName) {
      const place = this.places.get(name);
      if (place !== undefined) yield { name, fields, place };
    }
  }

  namesOnPaths(source: string | undefined): { readonly always: string | undefined; readonly sometimes: string[] } {
    const ofSource = source === undefined ? [] : (this.sometimesOfSource.get(source) ?? []);
    return { always: this.always, sometimes: [...this.sometimes, ...ofSource] };
  }
}
