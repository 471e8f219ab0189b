/** What a server says in EHLO, from the text of its configuration. */
import { canonicalHostname, hostnameProblems } from "../../fcrdns/names/name";
import type { Sender } from "../sender";

/**
 * What no PTR can be expected to be is kept as it was read: an address literal is no name at all, `localhost` and
 * `mail_1.example.com` are names of no mail server.
 * @param text as it is configured, after expansion
 */
export function heloOf(text: string): Pick<Sender, "name" | "helo"> {
  const read = canonicalHostname(text);
  if (!read.ok) return { name: null, helo: text };
  return { name: read.name, ...(hostnameProblems(text).length > 0 && { helo: text }) };
}
