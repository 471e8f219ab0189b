/** The process that Pulumi starts for a program in any language: `pulumi-resource-pulumi-fcrdns`. */
import * as pulumi from "@pulumi/pulumi";
import { SendingIpProvider } from "./provider";

import schema = require("../../plugin/schema.json");

async function main(): Promise<void> {
  await pulumi.provider.main(new SendingIpProvider(schema.version, JSON.stringify(schema)), process.argv.slice(2));
  tellOnce();
}

/**
 * Pulumi's handlers report each rejection that nobody awaits, and an output holds several of them: the text of a failed
 * component, which is its answer to the engine, would be told again, with a stack.
 */
function tellOnce(): void {
  const pulumis = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason, promise) => {
    if (pulumi.RunError.isInstance(reason)) return;
    for (const listener of pulumis) listener(reason, promise);
  });
}

void main();
