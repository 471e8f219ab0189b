/**
 * For a plugin that can be pointed at no other host than the vendor's: a proxy on loopback that takes connections to that host
 * and no other, with a certificate made for the test.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { runCommand } from "../../../sandbox/engine/run-command";

export interface TlsProxy {
  /** Environment variables with which a Go program goes through the proxy and trusts the certificate. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where connections to the host lead from now on. @param url `http://127.0.0.1:PORT` */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/**
 * @param host the vendor's, `api.example.com`
 * @param folder where the certificate is written
 * @returns why there is no proxy, when there is none
 */
export async function startTlsProxy(host: string, folder: string): Promise<TlsProxy | { readonly missing: string }> {
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const subject = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
  const files = ["-keyout", keyFile, "-out", certFile];
  const made = await runCommand("openssl", ["req", "-x509", ...kind, ...subject, ...files], { timeoutMs: 60_000 });
  if (made.kind !== "exited" || made.code !== 0) return { missing: `openssl made no certificate for ${host}` };
  const secret = { key: readFileSync(keyFile), cert: readFileSync(certFile) };

  let target: number | undefined;
  const sockets = new Set<Socket>();
  const proxy = createServer((_request, response) => response.writeHead(403).end());
  proxy.on("connect", ({ url }, socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    if (url !== `${host}:443` || target === undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    const secure = new TLSSocket(socket, { isServer: true, ...secret, ALPNProtocols: ["http/1.1"] });
    const plain = connect(target, "127.0.0.1");
    secure.on("error", () => plain.destroy()).on("close", () => plain.destroy());
    plain.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    secure.pipe(plain).pipe(secure);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    environment: { HTTPS_PROXY: `http://127.0.0.1:${port}`, SSL_CERT_FILE: certFile },
    leadTo(url) {
      target = Number(new URL(url).port);
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        proxy.close(() => resolve());
      }),
  };
}
