/** What a resolver is told of the hierarchy that it looks things up in. */

export interface ServerAt {
  readonly address: string;
  readonly port: number;
}

/** Servers of zones, by zone. */
export type Stubs = Readonly<Record<string, ServerAt | readonly ServerAt[]>>;

export function serversOf(stub: Stubs[string]): readonly ServerAt[] {
  return Array.isArray(stub) ? stub : [stub as ServerAt];
}

/** `ORIGIN TTL IN DNSKEY 257 3 13 BASE64` in its parts. */
export function anchorParts(dnskey: string): { readonly zone: string; readonly numbers: string; readonly key: string } {
  const [, zone = "", numbers = "", key = ""] = /^(\S+)\s.*?DNSKEY\s+(\d+ \d+ \d+)\s+(.*)$/.exec(dnskey.trim()) ?? [];
  return { zone, numbers, key: key.replaceAll(" ", "") };
}
