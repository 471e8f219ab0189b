#!/usr/bin/env node
import { processWorld } from "./process-world";
import { run } from "./run";

void run(process.argv.slice(2), processWorld()).then((status) => process.exit(status));
