/** Configurations of a test, and what was read from them as short text. */
import type { ConfigurationFile, MailServer, OpenIncluded } from "../../../senders/mta/mail-server";

/** Files by name; the first `given` of them are on the command line, the others can be included. */
export interface Files {
  readonly [name: string]: string;
}

export interface Read {
  /** As `--list` has it, with the line that switches the address off where one is known. */
  readonly list: readonly string[];
  /** `file:line what why` */
  readonly leftOut: readonly string[];
}

/** Reads the first file, or as many as are `given`; the others are there to be included by their names. */
export async function reading(server: MailServer, files: Files, given = 1): Promise<Read> {
  const all = Object.entries(files).map(([name, text]): ConfigurationFile => ({ name, text }));
  const open: OpenIncluded = async (path) => {
    const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);
    const found = all.filter(({ name }) => pattern.test(name));
    return found.length > 0 ? { ok: true, files: found } : { ok: false, why: "cannot be read: no such file" };
  };
  const { senders, leftOut } = await server.read(all.slice(0, given), open);
  return {
    list: senders.map(({ address, name }) => (name === null ? address : `${address}=${name}`)),
    leftOut: leftOut.map(({ what, why, place }) => `${place?.file}:${place?.line} ${what} ${why}`),
  };
}
