/** The parameters of `main.cf`: what the file sets, and the defaults of those that say which address sends. */
import type { Place } from "../../sender";
import type { ConfigurationFile } from "../mail-server";
import { type Expansion, expand } from "./expand";
import { logicalLines } from "./logical-lines";

export interface Setting {
  /** Before expansion. */
  readonly value: string;
  readonly place: Place;
}

/** The last setting of each parameter. */
export type Settings = ReadonlyMap<string, Setting>;

export interface MainCf {
  readonly settings: Settings;
  /** Lines that set nothing. */
  readonly unreadable: readonly Setting[];
}

export function readMainCf(files: readonly ConfigurationFile[]): MainCf {
  const settings = new Map<string, Setting>();
  const unreadable: Setting[] = [];
  for (const { text, place } of files.flatMap(logicalLines)) {
    const [, name, value] = /^([^\s=]+)\s*=\s*(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) unreadable.push({ value: text, place });
    else settings.set(name, { value, place });
  }
  return { settings, unreadable };
}

/**
 * Defaults of Postfix 3.7 and later for what a value here may refer to.
 * Source: postconf(5) and `postconf -d` of Postfix 3.7.11, 2026-11-22. Postfix before 2.9 had `inet_protocols = ipv4`.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  compatibility_level: "0",
  default_transport: "smtp",
  inet_interfaces: "all",
  inet_protocols: "all",
  mail_name: "Postfix",
  master_service_disable: "",
  multi_instance_directories: "",
  myorigin: "$myhostname",
  proxy_interfaces: "",
  relay_transport: "relay",
  relayhost: "",
  sender_dependent_default_transport_maps: "",
  sender_dependent_relayhost_maps: "",
  smtp_bind_address: "",
  smtp_bind_address6: "",
  smtp_helo_name: "$myhostname",
  transport_maps: "",
};

/** Parameters with a default that only the machine knows. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  myhostname: "it is not set, so that it is the machine's host name",
};

/** Why a value is unknown where `main.cf` was not given. */
export const IN_MAIN = "main.cf may set it: give that file too";

/** Placeholders of the languages that configurations are made from: Jinja, Go, ERB, shell. */
const TEMPLATE = /\{\{|\{%|<%|%\(|@@/;

export class Parameters {
  /** @param complete false if `main.cf` was not given, so that a parameter may have any value */
  public constructor(
    private readonly settings: Settings,
    private readonly complete: boolean,
  ) {}

  /** The same with what one entry of `master.cf` overrides. */
  public with(overrides: Settings): Parameters {
    return new Parameters(new Map([...this.settings, ...overrides]), this.complete);
  }

  /** Where a parameter is set. */
  public place(name: string): Place | undefined {
    return this.settings.get(name)?.place;
  }

  /** The value of a parameter after expansion. */
  public value(name: string): Expansion {
    const own = this.lookUp(name);
    if (own === undefined) return { ok: true, text: "" };
    if ("unknown" in own) return { ok: false, why: own.unknown };
    const read = expand(own.value, (other) => this.lookUp(other));
    if (!read.ok) return read;
    if (TEMPLATE.test(read.text)) return { ok: false, why: `is a template that is not filled in, ${read.text}` };
    return { ok: true, text: read.text.trim() };
  }

  private lookUp(name: string): { readonly value: string } | { readonly unknown: string } | undefined {
    const set = this.settings.get(name);
    if (set !== undefined) return set;
    if (!this.complete) return { unknown: IN_MAIN };
    if (name === "mydomain") return this.mydomain();
    const unknown = OF_THE_MACHINE[name];
    if (unknown !== undefined) return { unknown };
    const value = DEFAULTS[name];
    return value === undefined ? undefined : { value };
  }

  /** By default `myhostname` without its first label. */
  private mydomain(): { readonly value: string } | { readonly unknown: string } {
    const host = this.value("myhostname");
    if (!host.ok) return { unknown: `it follows from myhostname, but ${host.why}` };
    const dot = host.text.indexOf(".");
    return { value: dot < 0 ? "localdomain" : host.text.slice(dot + 1) };
  }
}
