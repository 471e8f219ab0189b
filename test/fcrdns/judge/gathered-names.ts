/**
 * Reverse names gathered from public lists and logs (`names/*.txt`, each group with its source), split by operator: all
 * names under one registered domain are on the same side, which side the domain's SHA-256 says. Rules may be written with
 * the training side in view; the held-out side is only scored.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getDomain } from "tldts";

export interface GatheredName {
  readonly name: string;
  /** Whether SpamAssassin's RDNS_DYNAMIC matches it. */
  readonly spamAssassin: boolean;
}

export interface Split {
  readonly training: readonly GatheredName[];
  readonly heldOut: readonly GatheredName[];
}

export const accessNetworks = gathered("access-networks.txt");
export const mailHosts = gathered("mail-hosts.txt");

function gathered(file: string): Split {
  const names = readFileSync(join(__dirname, "names", file), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ name: line.slice(2), spamAssassin: line.startsWith("+") }));
  return {
    training: names.filter(({ name }) => !isHeldOut(name)),
    heldOut: names.filter(({ name }) => isHeldOut(name)),
  };
}

function isHeldOut(name: string): boolean {
  const operator = getDomain(name) ?? name;
  return (createHash("sha256").update(operator).digest()[0] ?? 0) % 2 === 1;
}
