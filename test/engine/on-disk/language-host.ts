/**
 * What `pulumi-language-nodejs` does for a program on disk, for machines without it: it starts the SDK's own runner
 * (`@pulumi/pulumi/cmd/run`) beside the engine (`sdk/nodejs/cmd/pulumi-language-nodejs/main.go`, `execRuntime`). The engine is told of it by
 * `PULUMI_DEBUG_LANGUAGES=nodejs:PORT`. Sources run through `register.js` in place of ts-node.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";

export interface LanguageHost {
  readonly port: number;
  close(): void;
}

/** Of the SDK's generated messages, which have no types of their own. */
interface Message {
  readonly toObject: () => Readonly<Record<string, unknown>>;
}
type Reply = (error: null, message: unknown) => void;

interface Run {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly parallel: number;
  readonly dryrun: boolean;
  readonly monitorAddress: string;
  readonly configMap: readonly (readonly [string, string])[];
  readonly configsecretkeysList: readonly string[];
  readonly info: { readonly programDirectory: string; readonly rootDirectory: string; readonly entryPoint: string };
}

const CHECKOUT = join(__dirname, "..", "..", "..");

/** The exit status of a program that has told the person everything. */
const TOLD = 32;

/** @param nodeOptions for the process of the program */
export async function serveLanguageHost(nodeOptions: readonly string[] = []): Promise<LanguageHost> {
  const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/language_pb");
  const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
  let engine = "";
  const answering = (make: () => unknown) => (_: unknown, reply: Reply) => reply(null, make());
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    handshake: ({ request }: { request: Message }, reply: Reply) => {
      engine = String(request.toObject().engineAddress);
      reply(null, new messages.LanguageHandshakeResponse());
    },
    getPluginInfo: answering(() => new PluginInfo()),
    getRequiredPackages: answering(() => new messages.GetRequiredPackagesResponse()),
    getRequiredPlugins: answering(() => new messages.GetRequiredPluginsResponse()),
    run: async ({ request }: { request: Message }, reply: Reply) => {
      const status = await runProgram(request.toObject() as unknown as Run, engine, nodeOptions);
      const response = new messages.RunResponse();
      if (status === TOLD) response.setBail(true);
      else if (status !== 0) response.setError(`Program exited with non-zero exit code: ${status}`);
      reply(null, response);
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

async function runProgram(run: Run, engine: string, nodeOptions: readonly string[]): Promise<number | null> {
  const { project, stack, organization, parallel, monitorAddress, info } = run;
  const options = {
    ...{ monitor: monitorAddress, engine, organization, project, stack, parallel: String(parallel) },
    ...{ pwd: info.programDirectory, "root-directory": info.rootDirectory },
  };
  const flags = Object.entries(options).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value]));
  const child = spawn(
    process.execPath,
    [
      ...["--require", join(CHECKOUT, "register.js"), ...nodeOptions],
      ...[require.resolve("@pulumi/pulumi/cmd/run"), ...flags, ...(run.dryrun ? ["--dry-run"] : []), info.entryPoint],
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(run.configMap)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.configsecretkeysList),
      },
    },
  );
  return new Promise((resolve) => child.once("close", resolve));
}
