/** A server that takes every message and remembers who brought it, until its process ends. */
import { createServer, type Server } from "node:net";
import { createInterface } from "node:readline";

/** One session in which a message was delivered. */
export interface Delivery {
  /** The client's address, IPv4 as IPv4. */
  readonly address: string;
  /** What it said in EHLO or HELO. */
  readonly helo: string;
  readonly recipients: readonly string[];
}

export interface SmtpSink {
  readonly deliveries: readonly Delivery[];
}

/** @param port on every address of the machine, both families */
export async function startSmtpSink(port: number): Promise<SmtpSink> {
  const deliveries: Delivery[] = [];
  const server: Server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const address = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    let helo = "";
    let recipients: string[] = [];
    let inMessage = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 sink ESMTP");
    const lines = createInterface({ input: socket });
    // A client that hangs up, which the interface tells again.
    lines.on("error", () => socket.destroy());
    lines.on("line", (line) => {
      if (inMessage) {
        if (line !== ".") return;
        inMessage = false;
        deliveries.push({ address, helo, recipients });
        recipients = [];
        say("250 taken");
        return;
      }
      const [, verb = "", rest = ""] = /^(\w+)\s*(.*)$/.exec(line) ?? [];
      switch (verb.toUpperCase()) {
        case "EHLO":
        case "HELO":
          helo = rest;
          say("250 sink");
          break;
        case "RCPT":
          recipients.push(/<([^>]*)>/.exec(rest)?.[1] ?? rest);
          say("250 ok");
          break;
        case "DATA":
          inMessage = true;
          say("354 go on");
          break;
        case "QUIT":
          say("221 bye");
          socket.end();
          break;
        default:
          say("250 ok");
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "::", resolve);
  });
  return { deliveries };
}
