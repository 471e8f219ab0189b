/** Who sent a message, and what its receiver computed of that host, by the headers that the receiver wrote. */
import { canonicalName } from "../../fcrdns/names/name";
import { heloOf } from "../mta/helo";
import type { Sender } from "../sender";
import { type HeaderField, headerBlock } from "./header-block";
import { isInternalName, isNameOf, type Receiver, writesResultsBelow } from "./receiver";
import { parseAuthenticationResults, parseReceivedSpf, type ReceiverResult } from "./receiver-results";
import { type ForeignHost, firstForeignHost } from "./trace";

/** What a receiver computed, and where it says so. */
export interface ComputedResult extends ReceiverResult {
  /** The name of the field, as it is usually written. */
  readonly field: "Authentication-Results" | "Received-SPF";
  readonly line: number;
}

export interface ReadMessage {
  readonly sender: Sender;
  /** Who wrote so: the server that the sender handed the message to, as it was written; null if it is not named. */
  readonly by: string | null;
  /** What the receiver computed of this sender, in the order of the fields. */
  readonly computed: readonly ComputedResult[];
  /** Line of a second message in the file, which is not read. */
  readonly secondMessage?: number;
}

export type MessageResult =
  | { readonly ok: true; readonly message: ReadMessage }
  /** @param why in words that follow "it" */
  | { readonly ok: false; readonly why: string; readonly line?: number };

/**
 * @param text a message or its header block
 * @param file its name, as it was given
 * @param receiver if it is known beforehand. @default it is read from the message
 */
export function readMessage(text: string, file: string, receiver: Receiver | null): MessageResult {
  const block = headerBlock(text);
  if (block === null) return { ok: false, why: "is no message: it does not begin with a header field", line: 1 };
  const end = firstForeignHost(block.fields, receiver);
  if (!end.ok) return end;
  const { host } = end;
  const { name, helo } = host.client.helo === null ? { name: null } : heloOf(host.client.helo);
  const line = block.fields[host.at]?.line ?? 1;
  return {
    ok: true,
    message: {
      sender: { address: host.address.text, name, ...(helo !== undefined && { helo }), place: { file, line } },
      by: host.by,
      computed: computedBy(host, block.fields),
      ...(block.secondMessage !== undefined && { secondMessage: block.secondMessage }),
    },
  };
}

/**
 * Results of this client alone: fields may also speak of a server within the receiver. One that names no address speaks of
 * the client of the `Received` field that it stands beside.
 */
function computedBy(host: ForeignHost, fields: readonly HeaderField[]): ComputedResult[] {
  const server = canonicalName(host.by ?? "");
  const isBelow = host.receiver !== null && server.ok && writesResultsBelow(host.receiver, server.name);
  const previous = fields.slice(0, host.at).findLastIndex(({ name }) => name === "received");
  const beside = isBelow ? resultsDirectlyBelow(fields, host.at) : fields.slice(previous + 1, host.at);
  return [...fields.slice(0, host.at), ...(isBelow ? beside : [])].flatMap((field) =>
    resultsOf(field, host).filter(({ address }) =>
      address === null ? beside.includes(field) : address.text === host.address.text,
    ),
  );
}

/** The first of each name in the block that follows: a second one is the sender's. */
function resultsDirectlyBelow(fields: readonly HeaderField[], at: number): HeaderField[] {
  const found: HeaderField[] = [];
  for (const field of fields.slice(at + 1)) {
    const isResult = field.name === "received-spf" || field.name === "authentication-results";
    if (!isResult || found.some(({ name }) => name === field.name)) break;
    found.push(field);
  }
  return found;
}

function resultsOf({ name, value, line }: HeaderField, { receiver }: ForeignHost): ComputedResult[] {
  if (name === "received-spf") {
    const result = parseReceivedSpf(value);
    return result === null ? [] : [{ ...result, field: "Received-SPF", line }];
  }
  if (name !== "authentication-results") return [];
  const parsed = parseAuthenticationResults(value);
  if (parsed === null || !isAuthservIdOf(receiver, parsed.authservId)) return [];
  return parsed.results.map((result) => ({ ...result, field: "Authentication-Results", line }));
}

/** RFC 8601 section 5: a field with another's identifier is none of the receiver's. */
function isAuthservIdOf(receiver: Receiver | null, authservId: string | null): boolean {
  if (authservId === null || receiver === null) return true;
  const canonical = canonicalName(authservId);
  return canonical.ok && (isInternalName(canonical.name) || isNameOf(receiver, canonical.name));
}
