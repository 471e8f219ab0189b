/** The one interface through which this room reaches the network. */

export interface ServerAddress {
  /** Canonical address text, IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
}

/** The result of one exchange: a datagram or message from the server, or why there is none. */
export type Exchange =
  | { readonly kind: "answer"; readonly message: Uint8Array }
  | { readonly kind: "timeout" }
  | { readonly kind: "unreachable"; readonly why: string };

export interface Transport {
  /**
   * Sends `query` over UDP and waits for a datagram from exactly that address and port that `accept` takes; others are
   * ignored (spoofed or late). Never rejects.
   * @param timeoutMs milliseconds to wait
   */
  udp(
    server: ServerAddress,
    query: Uint8Array,
    timeoutMs: number,
    accept: (message: Uint8Array) => boolean,
    signal?: AbortSignal,
  ): Promise<Exchange>;
  /** Sends `query` over TCP with its length prefix and reads one message. Never rejects. */
  tcp(server: ServerAddress, query: Uint8Array, timeoutMs: number, signal?: AbortSignal): Promise<Exchange>;
  /** Closes the sockets. */
  close(): void;
}
