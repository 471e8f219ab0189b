#!/usr/bin/env node
import { exitStatus } from "./exit-status";
import { processWorld } from "./process-world";
import { run } from "./run";

// An event loop that runs empty before the report is written is no success.
process.exitCode = exitStatus.unknown;
void run(process.argv.slice(2), processWorld()).then((status) => process.exit(status));
