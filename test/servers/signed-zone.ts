/** Zones signed by BIND's tools. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./real-server";
import { zoneFile } from "./zone-files";

/** Programs that signing needs. */
export const SIGNING_PROGRAMS = ["dnssec-signzone", "dnssec-keygen"] as const;

export interface SignedZone {
  /** Of the signed zone's file, one record a line, names in full. */
  readonly records: string;
  /** The DNSKEY record. */
  readonly anchor: string;
}

/**
 * Signs a zone with a new key.
 * @param period as `dnssec-signzone -s` and `-e` take it @default from an hour ago for 30 days
 */
export function signed(
  origin: string,
  records: string,
  period?: { readonly start: string; readonly end: string },
): SignedZone {
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-signed-"));
  try {
    run("dnssec-keygen", ["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", origin], folder);
    const key = readdirSync(folder).find((name) => name.endsWith(".key")) as string;
    const anchor = readFileSync(join(folder, key), "utf8")
      .split("\n")
      .filter((line) => line.includes("DNSKEY") && !line.startsWith(";"))
      .join("");
    writeFileSync(join(folder, "zone"), zoneFile(origin, `${records}\n${anchor}`));
    const during = period === undefined ? [] : ["-s", period.start, "-e", period.end];
    const flags = ["-q", "-z", "-P", "-O", "full", ...during, "-o", origin, "-f", "signed"];
    run("dnssec-signzone", [...flags, "zone", key], folder);
    return { records: readFileSync(join(folder, "signed"), "utf8"), anchor };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
