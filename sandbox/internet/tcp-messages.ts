/** DNS messages over TCP: each with its length before it (RFC 1035 section 4.2.2). */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";

/** The message with its length before it. */
export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** Calls `receive` with each message of the connection, without its length. */
export function onMessages(connection: Socket, receive: (message: Buffer) => void): void {
  let buffered: Buffer = Buffer.alloc(0);
  connection.on("data", (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 2 && buffered.length >= 2 + buffered.readUInt16BE(0)) {
      const end = 2 + buffered.readUInt16BE(0);
      const message = buffered.subarray(2, end);
      buffered = buffered.subarray(end);
      receive(message);
    }
  });
}
