/** Which mail server files belong to. */
import type { ConfigurationFile, MailServer } from "./mail-server";

export type Recognised =
  | { readonly kind: "server"; readonly server: MailServer }
  /** No server has such a file. */
  | { readonly kind: "unknown"; readonly file: string }
  /** Several servers have such a file. */
  | { readonly kind: "ambiguous"; readonly file: string; readonly servers: readonly MailServer[] }
  /** Each file is known, but not all are of one server. */
  | { readonly kind: "mixed"; readonly files: readonly { readonly file: string; readonly server: MailServer }[] };

/**
 * The one server that all files belong to. A file name decides before the content; a file that could be of several
 * servers is of the one that another file is of.
 */
export function recognise(files: readonly ConfigurationFile[], servers: readonly MailServer[]): Recognised {
  const candidates = files.map((file) => ({ file: file.name, servers: serversOf(file, servers) }));
  const unknown = candidates.find((each) => each.servers.length === 0);
  if (unknown !== undefined) return { kind: "unknown", file: unknown.file };
  const common = servers.filter((server) => candidates.every((each) => each.servers.includes(server)));
  const [server, ...others] = common;
  if (server !== undefined && others.length === 0) return { kind: "server", server };
  const ambiguous = candidates.find((each) => each.servers.length > 1);
  if (ambiguous !== undefined) return { kind: "ambiguous", ...ambiguous };
  return {
    kind: "mixed",
    files: candidates.map((each) => ({ file: each.file, server: each.servers[0] as MailServer })),
  };
}

function serversOf(file: ConfigurationFile, servers: readonly MailServer[]): MailServer[] {
  const answers = servers.map((server) => ({ server, answer: server.recognises(file) }));
  const by = (wanted: string): MailServer[] =>
    answers.filter(({ answer }) => answer === wanted).map(({ server }) => server);
  const named = by("by-name");
  return named.length > 0 ? named : by("by-content");
}
