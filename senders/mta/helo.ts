/** What a server says in EHLO, from the text of its configuration. */
import { canonicalHostname } from "../../fcrdns/names/name";
import type { Sender } from "../sender";

/** @param text as it is configured, after expansion */
export function heloOf(text: string): Pick<Sender, "name" | "helo"> {
  const read = canonicalHostname(text);
  return read.ok ? { name: read.name } : { name: null, helo: text };
}
