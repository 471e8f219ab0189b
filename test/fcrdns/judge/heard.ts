/** Short notation for evidence, for tables of cases: one entry per server, either an outcome or its records. */

import type { Evidence, ForwardLookups, Lookup, Note, QuestionType, ServerAnswer } from "../../../fcrdns/evidence";
import { reverseName } from "../../../fcrdns/names/address";
import { readHelo } from "../../../fcrdns/names/helo";
import type { Outcome } from "../../../fcrdns/verdict";

/** The answer of one server; `bogus`: SERVFAIL, but records where signatures are not checked. */
export type Said = Outcome | "bogus" | readonly string[];

export interface Forward {
  readonly a?: readonly Said[];
  readonly aaaa?: readonly Said[];
  readonly aliases?: readonly string[];
}

export interface Heard {
  /** @default "192.0.2.10" */
  readonly ip?: string;
  /** @default "mail.example.com" */
  readonly expected?: string | null;
  /** What the server says in EHLO. @default not known */
  readonly helo?: string;
  /** The domain that sends. @default not said */
  readonly domain?: string;
  readonly mode?: Evidence["mode"];
  readonly ptr: readonly Said[];
  readonly ptrAliases?: readonly string[];
  /** Names that are not listed were not looked up. */
  readonly forward?: Readonly<Record<string, Forward>>;
  readonly recursive?: { readonly ptr: readonly Said[]; readonly forward?: Readonly<Record<string, Forward>> };
  readonly notes?: readonly Note[];
}

export function heard({ ip = "192.0.2.10", expected = "mail.example.com", ...said }: Heard): Evidence {
  const arpa = reverseName(ip);
  return {
    ip,
    family: ip.includes(":") ? 6 : 4,
    arpa,
    expected,
    ...(said.helo !== undefined && { helo: readHelo(said.helo) }),
    ...(said.domain !== undefined && { domain: said.domain }),
    mode: said.mode ?? (said.recursive === undefined ? "authoritative" : "full"),
    ptr: lookup(arpa, "PTR", said.ptr, said.ptrAliases ?? [], "r"),
    forward: forwards(said.forward ?? {}, "f"),
    recursive: said.recursive && {
      ptr: lookup(arpa, "PTR", said.recursive.ptr, [], "resolver"),
      forward: forwards(said.recursive.forward ?? {}, "resolver"),
    },
    notes: said.notes ?? [],
    hops: [],
    ms: 5,
  };
}

const NODATA: readonly Said[] = ["nodata"];

function forwards(forward: Readonly<Record<string, Forward>>, prefix: string): ForwardLookups[] {
  return Object.entries(forward).map(([name, { a = NODATA, aaaa = NODATA, aliases }]) => ({
    name,
    a: lookup(name, "A", a, aliases ?? [], prefix),
    aaaa: lookup(name, "AAAA", aaaa, aliases ?? [], prefix),
  }));
}

function lookup(
  name: string,
  type: QuestionType,
  said: readonly Said[],
  aliases: readonly string[],
  prefix: string,
): Lookup {
  return { name, type, zone: prefix === "resolver" ? null : "zone.example", aliases, answers: said.map(answer) };

  function answer(word: Said, i: number): ServerAnswer {
    const server = `${prefix}${i + 1}.example.net 192.0.2.${50 + i}:53`;
    if (typeof word !== "string") return { server, outcome: "ok", values: word, ttl: 300 };
    if (word === "bogus") return { server, outcome: "servfail", values: [], bogus: true };
    const negative = word === "nxdomain" || word === "nodata";
    const soa = { zone: "zone.example", primary: "primary.example.net", negativeTtlSeconds: 900 };
    return { server, outcome: word, values: [], ...(negative ? { soa } : {}) };
  }
}
