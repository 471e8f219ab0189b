/** Speaks the engine's analyzer protocol to a policy pack in its own process, as the engine does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

export interface AnalyzerOptions {
  /** Absolute path of the pack. */
  readonly pack: string;
  readonly preview?: boolean;
  /** `namespace:key` -> text. */
  readonly stackConfig?: Readonly<Record<string, string>>;
  /** Absolute path of the program that runs packs. @default that of this checkout */
  readonly runner?: string;
  /** Strips the pack's types, as the sandbox does, where Pulumi compiles them for some seconds. @default false */
  readonly stripTypes?: boolean;
}

export interface WireResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "disabled" | "remediate";
  readonly message: string;
  readonly urn: string;
}

export interface Analyzer {
  /** What the pack wrote to stdout before its port; nothing, if all is well. */
  readonly firstLine: string;
  /** Milliseconds from the start of the process to its port. */
  readonly loadMs: number;
  stderr(): string;
  info(): Promise<messages.AnalyzerInfo.AsObject>;
  configure(
    policies: Readonly<Record<string, { level: Diagnostic["level"]; properties?: Record<string, unknown> }>>,
  ): Promise<void>;
  analyzeStack(resources: readonly WireResource[]): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const LEVELS = {
  advisory: messages.EnforcementLevel.ADVISORY,
  mandatory: messages.EnforcementLevel.MANDATORY,
  disabled: messages.EnforcementLevel.DISABLED,
  remediate: messages.EnforcementLevel.REMEDIATE,
} as const;

export async function startAnalyzer(options: AnalyzerOptions): Promise<Analyzer> {
  const runner = options.runner ?? require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const began = performance.now();
  const strip = options.stripTypes ? ["--require", join(__dirname, "../../sandbox/engine/strip-pack-types.js")] : [];
  const child = spawn(process.execPath, [...strip, runner, "127.0.0.1:1", options.pack], {
    cwd: options.pack,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_DRY_RUN: String(options.preview ?? false),
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: "shop",
      PULUMI_NODEJS_STACK: "dev",
      PULUMI_CONFIG: JSON.stringify(options.stackConfig ?? {}),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text.split("\n")[0] ?? "");
    });
    child.once("exit", (code) => reject(new Error(`the pack ended with ${code} before it was ready:\n${stderr}`)));
  });
  const loadMs = performance.now() - began;
  const client = new AnalyzerClient(`127.0.0.1:${firstLine.trim()}`, grpc.credentials.createInsecure());
  return {
    firstLine,
    loadMs,
    stderr: () => stderr,
    info: async () =>
      (await call<messages.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done))).toObject(),
    async configure(policies) {
      const request = new messages.ConfigureAnalyzerRequest();
      const map = request.getPolicyconfigMap() as { set(name: string, config: messages.PolicyConfig): unknown };
      for (const [name, { level, properties }] of Object.entries(policies)) {
        const config = new messages.PolicyConfig();
        config.setEnforcementlevel(LEVELS[level]);
        config.setProperties(Struct.fromJavaScript((properties ?? {}) as never));
        map.set(name, config);
      }
      await call((done) => client.configure(request, done));
    },
    async analyzeStack(resources) {
      const request = new messages.AnalyzeStackRequest();
      request.setResourcesList(resources.map(wireResource));
      const response = await call<messages.AnalyzeResponse>((done) => client.analyzeStack(request, done));
      return response.getDiagnosticsList().map((diagnostic) => ({
        policy: diagnostic.getPolicyname(),
        level: (Object.entries(LEVELS).find(([, level]) => level === diagnostic.getEnforcementlevel())?.[0] ??
          "advisory") as Diagnostic["level"],
        message: diagnostic.getMessage(),
        urn: diagnostic.getUrn(),
      }));
    },
    close: () => end(child, client),
  };
}

function wireResource({ type, name, properties }: WireResource): messages.AnalyzerResource {
  const resource = new messages.AnalyzerResource();
  resource.setType(type);
  resource.setName(name);
  resource.setUrn(`urn:pulumi:dev::shop::${type}::${name}`);
  resource.setProperties(Struct.fromJavaScript(properties as never));
  resource.setOptions(new messages.AnalyzerResourceOptions());
  return resource;
}

function call<Response>(
  start: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => start((error, response) => (error ? reject(error) : resolve(response))));
}

async function end(child: ChildProcess, client: AnalyzerClient): Promise<void> {
  client.close();
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
