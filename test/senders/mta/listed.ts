/** What a reader finds, as `fcrdns mta --list` writes it. */
import * as assert from "node:assert/strict";
import type { ConfigurationFile, MailServer, OpenIncluded } from "../../../senders/mta/mail-server";

/** Opens the files of a table; any other is missing. */
export function openFrom(files: Readonly<Record<string, string>>): OpenIncluded {
  return async (path) => {
    const text = files[path];
    return text === undefined ? { ok: false, why: "cannot be read" } : { ok: true, files: [{ name: path, text }] };
  };
}

/** What is listed and what is left out, as text. */
export interface Listed {
  readonly senders: string[];
  readonly leftOut: string[];
}

export async function listed(
  server: MailServer,
  files: readonly ConfigurationFile[],
  included: Readonly<Record<string, string>> = {},
): Promise<Listed> {
  const { senders, leftOut } = await server.read(files, openFrom(included));
  return {
    senders: [...new Set(senders.map(({ address, name }) => (name === null ? address : `${address}=${name}`)))],
    leftOut: leftOut.map(({ what, why, place }) => `${place?.file} line ${place?.line}: ${what} ${why}`),
  };
}

/** @param reasons of what is left out, in its order, and no others */
export function assertListed(found: Listed, senders: readonly string[], reasons: readonly RegExp[]): void {
  assert.deepEqual(found.senders, senders);
  assert.equal(found.leftOut.length, reasons.length, found.leftOut.join("\n"));
  for (const [index, reason] of reasons.entries()) assert.match(found.leftOut[index] ?? "", reason);
}
