/** What a run left behind, read from the state in the backend's folder rather than from the engine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation";

export interface StateOf {
  /** Absolute path of the folder of a `file://` backend. */
  readonly backendFolder: string;
  readonly project: string;
}

/**
 * After each run the Automation API starts the engine three more times, half a second each: for the outputs without and
 * with secrets, and for a summary. Here the outputs are read from the state and the summary is left out.
 *
 * @returns the same stack; its `summary` is undefined
 */
export function readResultsFromState(stack: Stack, state: StateOf): Stack {
  const askEngine = stack.outputs.bind(stack);
  stack.outputs = async () => plainOutputs(stack.name, state) ?? askEngine();
  stack.info = async () => undefined;
  return stack;
}

/** Undefined where a value is encrypted: the engine alone has the key. */
function plainOutputs(stack: string, { backendFolder, project }: StateOf): OutputMap | undefined {
  const text = readFileSync(join(backendFolder, ".pulumi", "stacks", project, `${stack}.json`), "utf8");
  const resources: { type: string; outputs?: Record<string, unknown> }[] =
    JSON.parse(text).checkpoint.latest?.resources ?? [];
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  if (JSON.stringify(outputs).includes(SIGNATURE)) return undefined;
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, secret: false }]));
}

/** Marks a value in the state that is not plain JSON: a secret, an asset, a resource. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
