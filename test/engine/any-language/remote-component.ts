/** A `SendingIp` as the class of a generated SDK registers it, in whatever language: the token, the inputs, and `remote`. */
import type { TestContext } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { Sandbox, SandboxOptions } from "../../../sandbox/sandbox";
import { servePlugin } from "../../plugin/served-plugin";
import { withSandbox } from "../engine-stack";

const OUTPUTS = ["hostname", "addresses", "endpoints", "verified", "manualSteps"] as const;

type Outputs = Readonly<Record<(typeof OUTPUTS)[number], pulumi.Output<unknown>>>;

class RemoteSendingIp extends pulumi.ComponentResource {
  public constructor(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions = {}) {
    const outputs = Object.fromEntries(OUTPUTS.map((key) => [key, undefined]));
    super("pulumi-fcrdns:index:SendingIp", name, { ...outputs, ...inputs }, options, true);
  }
}

/** A program with one component, all of whose outputs are the stack's. */
export function programOf(inputs: () => pulumi.Inputs): PulumiFn {
  return async () => {
    const mail = new RemoteSendingIp("mail", inputs()) as unknown as Outputs;
    return Object.fromEntries(OUTPUTS.map((key) => [key, mail[key]]));
  };
}

/**
 * A sandbox whose engine finds the plugin, which is ended with it.
 * @param folder of the plugin @default the checkout's
 */
export async function withPlugin(
  t: TestContext,
  options: Omit<SandboxOptions, "engine" | "served">,
  use: (sandbox: Sandbox) => Promise<void>,
  folder?: string,
): Promise<void> {
  const plugin = await servePlugin(folder);
  try {
    await withSandbox(t, { ...options, served: { "pulumi-fcrdns": plugin.port } }, use);
  } finally {
    await plugin.close();
  }
}
