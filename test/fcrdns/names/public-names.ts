/**
 * Reverse names gathered from public lists and logs (`public/*.txt`, each group with its source), split by operator: all
 * names under one registered domain are on the same side, which side the domain's SHA-256 says. Rules may be written with
 * the training side in view; the held-out side is only scored.
 *
 * The groups were scored in turn, each once before any rule was changed with it in view (all on 2026-11-21 and 22), beside
 * SpamAssassin's RDNS_DYNAMIC:
 *
 * | group | access names flagged | SpamAssassin | mail hosts flagged |
 * |---|---|---|---|
 * | SpamAssassin corpus | 149 of 196 (76.0 %) | 57.7 % | 10 of 348, 3 of them no mail hosts |
 * | lists of 2019 to 2026 | 367 of 372 (98.7 %) | 82.0 % | 5 of 283, 2 of them workstations |
 * | IRC logs and six lists of vger.kernel.org, new operators | 165 of 168 (98.2 %) | 77.4 % | 5 of 603 |
 * | Ubuntu IRC logs; ten more lists | 475 of 522 (91.0 %) | 68.6 % | 22 of 1248 |
 * | IP tables of 2026 | 536 of 562 (95.4 %) | 79.2 % | none in it |
 * | four more lists | none in it | | 2 of 212 |
 * | submission with authentication, in the lists | 215 of 234 (91.9 %), 10 of the others servers | 66.7 % | none in it |
 *
 * Of the last 24 mail hosts 8 have their address in the name; those and four more are in `generic-mail-hosts.txt`.
 * What else was wrong then is fixed since, but for names that only their operator can tell from a chosen one.
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

/** Servers that send mail and are flagged all the same, each with the rule that says why. */
export const genericMailHosts = linesOf("generic-mail-hosts.txt").map((line) => {
  const [rule = "", name = ""] = line.split(" ");
  return { rule, name };
});

function gathered(file: string): Split {
  const names = linesOf(file).map((line) => ({ name: line.slice(2), spamAssassin: line.startsWith("+") }));
  return {
    training: names.filter(({ name }) => !isHeldOut(name)),
    heldOut: names.filter(({ name }) => isHeldOut(name)),
  };
}

function linesOf(file: string): string[] {
  const lines = readFileSync(join(__dirname, "public", file), "utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

function isHeldOut(name: string): boolean {
  const operator = getDomain(name) ?? name;
  return (createHash("sha256").update(operator).digest()[0] ?? 0) % 2 === 1;
}
