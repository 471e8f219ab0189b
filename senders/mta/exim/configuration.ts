/** Exim's configuration as options of the main part and of each driver: specification, chapter 6. */
import type { Place } from "../../sender";
import type { Line } from "./lines";

export interface Option {
  /** Quotes are removed; "" where there is none. */
  readonly value: string;
  readonly place: Place;
}

export type Options = ReadonlyMap<string, Option>;

/** A router or a transport. */
export interface Driver {
  readonly name: string;
  readonly place: Place;
  readonly options: Options;
}

export interface Configuration {
  readonly main: Options;
  readonly routers: readonly Driver[];
  readonly transports: readonly Driver[];
}

/**
 * A part that has no `begin` before it, as one file of a split configuration has none, is sorted by what its drivers can
 * only be.
 */
export function configurationOf(lines: readonly Line[]): Configuration {
  const main = new Map<string, Option>();
  const drivers: { part: string; name: string; place: Place; options: Map<string, Option> }[] = [];
  let part = "main";
  let current = main;
  for (const { text, place } of lines) {
    const [, begun] = /^begin\s+(\w+)/.exec(text) ?? [];
    const [, name] = /^([A-Za-z]\w*)\s*:$/.exec(text) ?? [];
    if (begun !== undefined) {
      part = begun;
      current = new Map();
    } else if (name !== undefined && DRIVERS.has(part)) {
      current = new Map();
      drivers.push({ part, name, place, options: current });
    } else if (DRIVERS.has(part)) {
      const option = optionOf(text, place);
      if (option !== undefined) current.set(option.name, option);
    }
  }
  const isTransport = (kind: string | undefined): boolean => TRANSPORTS.has(kind ?? "");
  return {
    main,
    routers: drivers.filter(
      ({ part: of, options }) => of === "routers" || (of === "main" && !isTransport(options.get("driver")?.value)),
    ),
    transports: drivers.filter(
      ({ part: of, options }) => of === "transports" || (of === "main" && isTransport(options.get("driver")?.value)),
    ),
  };
}

/** Parts whose lines are options. */
const DRIVERS = new Set(["main", "routers", "transports"]);
const TRANSPORTS = new Set(["smtp", "appendfile", "autoreply", "lmtp", "pipe", "queuefile"]);

/** `name = value`, `name`, `no_name`, `not_name`, each after `hide`. */
function optionOf(text: string, place: Place): (Option & { readonly name: string }) | undefined {
  const [, name, value] = /^(?:hide\s+)?([a-z]\w*)\s*(?:=\s*(.*))?$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (value !== undefined) return { name, value: unquoted(value.trim()), place };
  const [, off] = /^not?_(.*)$/.exec(name) ?? [];
  return { name: off ?? name, value: off === undefined ? "true" : "false", place };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unquoted(value: string): string {
  const inner = /^"(.*)"$/s.exec(value)?.[1];
  return inner === undefined
    ? value
    : inner.replace(/\\(.)/gs, (_, character: string) => ESCAPES[character] ?? character);
}

export function isTrue(option: Option | undefined): boolean {
  return /^(?:true|yes)$/i.test(option?.value ?? "");
}
