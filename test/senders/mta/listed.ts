/** What a reader finds, as `fcrdns mta --list` writes it. */
import type { ConfigurationFile, MailServer, OpenIncluded } from "../../../senders/mta/mail-server";

/** Opens the files of a table; any other is missing. */
export function openFrom(files: Readonly<Record<string, string>>): OpenIncluded {
  return async (path) => {
    const text = files[path];
    return text === undefined ? { ok: false, why: "cannot be read" } : { ok: true, files: [{ name: path, text }] };
  };
}

export async function listed(
  server: MailServer,
  files: readonly ConfigurationFile[],
  included: Readonly<Record<string, string>> = {},
): Promise<{ readonly senders: string[]; readonly leftOut: string[] }> {
  const { senders, leftOut } = await server.read(files, openFrom(included));
  return {
    senders: [...new Set(senders.map(({ address, name }) => (name === null ? address : `${address}=${name}`)))],
    leftOut: leftOut.map(({ what, why, place }) => `${place?.file} line ${place?.line}: ${what} ${why}`),
  };
}
