/**
 * A real mail server sends real mail: it is started in a network namespace of its own, which has the addresses that it
 * is told to send from, and delivers to a sink there. Nothing of it reaches the machine's own network, mail or files.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigurationFile } from "../../senders/mta/mail-server";
import { missing } from "../servers/real-server";
import type { Delivery } from "./smtp-sink";

export interface MailSession {
  /** The server's configuration, as it was written. */
  readonly files: readonly ConfigurationFile[];
  /** Addresses that the machine has, beside those of the sink. */
  readonly addresses: readonly string[];
  /** Addresses of the sink, which its name has too. Without a bind address the kernel would send from one of these. */
  readonly sink: readonly string[];
  /** One after another, until the last is delivered; each is one message. */
  readonly recipients: readonly string[];
  /** Further lines of main.cf, before those of `files`. @default none */
  readonly main?: readonly string[];
  /** Further lines of master.cf, in the place of the usual client. @default the client `smtp` */
  readonly client?: readonly string[];
}

/** What the process in the namespace is told. */
export interface SessionTask extends MailSession {
  readonly folder: string;
}

export type SessionResult = { readonly deliveries: readonly Delivery[]; readonly log: string };

/** Why no server can be started here, or undefined. */
export function cannotSend(): string | undefined {
  const absent = missing("postfix", "ip", "unshare");
  if (absent !== undefined) return absent;
  const tried = spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"], { encoding: "utf8" });
  return tried.status === 0 ? undefined : `no network namespace: ${tried.stderr.trim()}`;
}

/**
 * Starts Postfix with the files, sends the messages and ends it.
 * @throws with the server's log where not every message arrived within 30 seconds
 */
export async function postfixSends(session: MailSession): Promise<readonly Delivery[]> {
  // Readable for the users that Postfix runs as.
  const folder = mkdtempSync(join(tmpdir(), "fcrdns-postfix-"));
  try {
    const task: SessionTask = { ...session, folder };
    const taskFile = join(folder, "task.json");
    writeFileSync(taskFile, JSON.stringify(task));
    const root = join(__dirname, "../..");
    const script = [process.execPath, "--require", join(root, "register.js"), join(__dirname, "postfix-process.ts")];
    const printed = await output("unshare", [
      ...["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
      ...script,
      taskFile,
    ]);
    const result = JSON.parse(printed) as SessionResult;
    if (result.deliveries.length < session.recipients.length) {
      throw new Error(
        `${result.deliveries.length} of ${session.recipients.length} messages arrived; the log:\n${result.log}`,
      );
    }
    return result.deliveries;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let [printed, errors] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject).once("close", (status) => {
      if (status === 0) resolve(printed);
      else reject(new Error(`${program} ended with ${status}: ${errors}`));
    });
  });
}
