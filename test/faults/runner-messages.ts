/** What a test and the process that it kills say to each other. */
import type { StackRun } from "../../sandbox/sandbox-stack";
import type { KindName } from "./kinds";

/** The first message: which stack the process runs, and where. */
export interface OpenMessage {
  readonly engine: string;
  readonly home: string;
  readonly folder: string;
  readonly kind: KindName;
  readonly endpoint: string;
  readonly config: Readonly<Record<string, string>>;
  readonly providers: { readonly port: number; readonly packages: readonly string[] };
}

export interface RunMessage {
  readonly operation: "up" | "refresh" | "destroy" | "cancel";
  readonly hostname: string;
  /** The process and its engine are killed when the engine emits this event about a resource that is done, from 1. */
  readonly dieAtEvent?: number;
}

export type Done = { readonly run: Pick<StackRun, "ok" | "text" | "outputs" | "steps"> } | { readonly failed: string };
