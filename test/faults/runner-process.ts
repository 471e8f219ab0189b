/** The program and, as its child, the engine: a process group that a test kills. */
import { openSandboxStack, type SandboxStack } from "../../sandbox/sandbox-stack";
import { leaveRejectionsToPulumi } from "../engine/engine-stack";
import { mailing } from "../engine/rename/renaming";
import { kindOf } from "./kinds";
import type { Done, OpenMessage, RunMessage } from "./runner-messages";

let stack: Promise<SandboxStack> | undefined;
let opened: OpenMessage | undefined;
let eventsLeft: number | undefined;

function killOwnGroup(): void {
  process.kill(-process.pid, "SIGKILL");
}

function open(message: OpenMessage): Promise<SandboxStack> {
  const { engine, home, folder, config, providers } = message;
  return openSandboxStack({
    engine,
    home,
    folder,
    config,
    providers,
    program: async () => ({}),
    onEvent: ({ resOutputsEvent }) => {
      if (resOutputsEvent === undefined || eventsLeft === undefined) return;
      eventsLeft -= 1;
      if (eventsLeft === 0) killOwnGroup();
    },
  });
}

async function run(message: OpenMessage, { operation, hostname, dieAtEvent }: RunMessage): Promise<Done> {
  stack ??= open(message);
  const opened = await stack;
  eventsLeft = dieAtEvent;
  switch (operation) {
    case "cancel":
      await opened.cancel();
      return { run: { ok: true, text: "", outputs: {}, steps: [] } };
    case "up":
      return { run: await opened.up({ program: mailing(kindOf(message.kind).mailing(message.endpoint), hostname) }) };
    case "refresh":
      return { run: await opened.refresh({ clearPendingCreates: true }) };
    case "destroy":
      return { run: await opened.destroy() };
  }
}

leaveRejectionsToPulumi();
process.on("message", (message: OpenMessage | RunMessage) => {
  if ("engine" in message) {
    opened = message;
    return;
  }
  if (opened === undefined) throw new Error("the stack was not said");
  run(opened, message).then(
    (done) => process.send?.(done),
    (error: Error) => process.send?.({ failed: String(error.stack) } satisfies Done),
  );
});
// Whoever started it is gone, however it went.
process.on("disconnect", killOwnGroup);
