/**
 * A value for a flag that takes a list. The Pulumi CLI reads such a flag (`--policy-pack`, `--policy-pack-config`) as a
 * line of comma-separated values (encoding/csv, RFC 4180), so a path with a comma or a quote in it has to be quoted.
 */
export function listFlagValue(value: string): string {
  return /[",\r\n]|^\s/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
