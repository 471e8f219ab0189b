/** Runs in the namespace of `mail-session.ts`: addresses, sink, Postfix, messages; prints what arrived. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { programPath } from "../servers/real-server";
import type { SessionResult, SessionTask } from "./mail-session";
import { startSmtpSink } from "./smtp-sink";

const SINK_PORT = 2525;
const SINK_NAME = "sink.example.net";

/** What a Postfix needs to run, without the clients that send. */
const SERVICES = `
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
`;

async function main(): Promise<void> {
  const task = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as SessionTask;
  const { folder } = task;
  chmodSync(folder, 0o755);
  network(task);
  const config = configuration(task);
  const sink = await startSmtpSink(SINK_PORT);
  run("postfix", "-c", config, "start");
  for (const recipient of task.recipients) {
    const message = `From: test@example.com\nTo: ${recipient}\nSubject: test\n\ntest\n`;
    execFileSync(programPath("sendmail") ?? "sendmail", ["-C", config, "-f", "test@example.com", recipient], {
      input: message,
      env: { ...process.env, MAIL_CONFIG: config },
    });
  }
  const logFile = join(folder, "mail.log");
  const log = () => (existsSync(logFile) ? readFileSync(logFile, "utf8") : "no log was written");
  const deferred = () => log().match(/ status=(?:deferred|bounced) /g)?.length ?? 0;
  for (let tries = 0; tries < 300 && sink.deliveries.length + deferred() < task.recipients.length; tries++)
    await pause(100);
  // The first process of the namespace: Postfix ends with it.
  const result: SessionResult = { deliveries: sink.deliveries, log: log() };
  process.stdout.write(JSON.stringify(result));
}

/** All addresses on the loopback interface, and a name for the sink; both exist in this namespace alone. */
function network({ folder, addresses, sink }: SessionTask): void {
  run("ip", "link", "set", "lo", "up");
  for (const address of [...addresses, ...sink]) {
    const isV6 = address.includes(":");
    run("ip", "address", "add", `${address}/${isV6 ? 128 : 32}`, "dev", "lo", ...(isV6 ? ["nodad"] : []));
  }
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, sink.map((address) => `${address} ${SINK_NAME}\n`).join(""));
  run("mount", "--bind", hosts, "/etc/hosts");
}

/** The files that were written, after what says where this Postfix lives and that all mail goes to the sink. */
function configuration({ folder, files, main = [], client }: SessionTask): string {
  const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? "";
  const config = join(folder, "etc");
  for (const each of ["etc", "spool", "data"]) mkdirSync(join(folder, each));
  run("chown", "postfix", join(folder, "data"));
  const own = [
    "compatibility_level = 3.6",
    `queue_directory = ${join(folder, "spool")}`,
    `data_directory = ${join(folder, "data")}`,
    `maillog_file = ${join(folder, "mail.log")}`,
    `maillog_file_prefixes = ${folder}`,
    "inet_interfaces = loopback-only",
    "mydestination =",
    "alias_maps =",
    `relayhost = [${SINK_NAME}]:${SINK_PORT}`,
    "smtp_host_lookup = native",
    ...main,
  ];
  const clients = client ?? ["smtp unix - - n - - smtp", "relay unix - - n - - smtp"];
  writeFileSync(join(config, "main.cf"), `${own.join("\n")}\n${textOf("main.cf")}`);
  writeFileSync(join(config, "master.cf"), `${SERVICES}${clients.join("\n")}\n${textOf("master.cf")}`);
  return config;
}

function run(program: string, ...args: string[]): void {
  execFileSync(programPath(program) ?? program, args, { stdio: ["ignore", "ignore", "inherit"] });
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
