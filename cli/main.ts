#!/usr/bin/env node
import { exitStatus } from "./exit-status";
import { processEnvironment } from "./process-environment";
import { run } from "./run";

// An event loop that runs empty before the report is written is no success.
process.exitCode = exitStatus.unknown;
process.once("beforeExit", () => {
  process.stderr.write("fcrdns: ended before the report was complete; please report this bug\n");
});
void run(process.argv.slice(2), processEnvironment()).then((status) => process.exit(status));
