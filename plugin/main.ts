/** The process that Pulumi starts for a program in any language: `pulumi-resource-pulumi-fcrdns`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { SendingIpProvider } from "./provider";

const schema = readFileSync(join(__dirname, "schema.json"), "utf8");
const { version } = JSON.parse(schema) as { readonly version: string };

async function main(): Promise<void> {
  await pulumi.provider.main(new SendingIpProvider(version, schema), process.argv.slice(2));
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
