/** The messages between the process of the loopback internet and the one that started it. */
import type { Internet, InternetOptions } from "./internet";

/** The options that can be sent. */
export interface InternetProcessOptions extends Omit<InternetOptions, "clock"> {
  /** Pulumi packages of the clouds that are simulated. @default every one in sandbox/clouds/ */
  readonly clouds?: readonly string[];
}

/** The first message of the starter. */
export interface StartMessage {
  readonly start: InternetProcessOptions;
}

/** Where the internet can be reached: the first message of the process. */
export interface Reachable extends Pick<Internet, "roots" | "resolver" | "port"> {
  /** The id of the process. */
  readonly pid: number;
  /** Where the engine finds the simulated clouds' provider, and for which packages. */
  readonly provider: { readonly port: number; readonly packages: readonly string[] };
  /** Pulumi config that the simulated clouds' SDKs require: `{ "hcloud:token": "..." }`. */
  readonly config: Readonly<Record<string, string>>;
}

export type ReadyMessage = { readonly ready: Reachable } | { readonly failed: string };

/** A call of a method of the internet, of one cloud's world, or of the accounts. */
export interface CallMessage {
  readonly id: number;
  readonly cloud?: string;
  readonly accounts?: true;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type ReturnMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };
