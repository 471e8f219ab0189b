/** Gives a server an address that it cannot take itself: octets go to and fro, unread. */
import { createSocket, type Socket } from "node:dgram";
import { connect, createServer, type Socket as TcpSocket } from "node:net";
import type { RealServer } from "./real-server";

/** @param place port 0: a free one */
export async function relayed(
  server: RealServer,
  { address, port: wanted }: { readonly address: string; readonly port: number },
): Promise<RealServer> {
  const tcp = createServer();
  const connections = new Set<TcpSocket>();
  tcp.on("connection", (client) => {
    const inner = connect(server.port, server.address);
    for (const end of [client, inner]) {
      connections.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        connections.delete(end);
        client.destroy();
        inner.destroy();
      });
    }
    client.pipe(inner).pipe(client);
  });
  const udp = createSocket("udp4");
  /** One socket for each that asks, so that answers find back. */
  const outgoing = new Map<string, Socket>();
  udp.on("message", (message, from) => {
    const key = `${from.address}:${from.port}`;
    let socket = outgoing.get(key);
    if (socket === undefined) {
      socket = createSocket("udp4");
      outgoing.set(key, socket);
      socket.on("error", () => {});
      socket.on("message", (answer) => udp.send(answer, from.port, from.address));
    }
    socket.send(message, server.port, server.address);
  });
  const close = async (): Promise<void> => {
    for (const connection of connections) connection.destroy();
    for (const socket of outgoing.values()) socket.close();
    await Promise.all([
      new Promise<void>((done) => (tcp.listening ? tcp.close(() => done()) : done())),
      new Promise<void>((done) => udp.close(() => done())),
      server.close(),
    ]);
  };
  try {
    await new Promise<void>((done, failed) => {
      tcp.once("error", failed);
      tcp.listen(wanted, address, done);
    });
    const { port } = tcp.address() as { port: number };
    await new Promise<void>((done, failed) => {
      udp.once("error", failed);
      udp.bind(port, address, done);
    });
    udp.removeAllListeners("error").on("error", () => {});
    return { ...server, address, port, endpoint: `${address}:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}
