/**
 * A simulated API that sets PTRs: the vendor's documented requests, answers and errors, one file per vendor beside this
 * one, served over real HTTP by `serve.ts`.
 */
import type { RestApiName } from "../rest/apis";

/** The vendor's reverse zones: which addresses the account holds, and what their PTRs are. */
export interface ReverseZones {
  /** Whether the account holds the address (canonical text). */
  holds(address: string): boolean;
  /** The PTR as last set; null: none. */
  ptr(address: string): string | null;
  /** Sets the PTR; null removes it. */
  setPtr(address: string, hostname: string | null): void;
  /** Addresses of the account. */
  addresses(): readonly string[];
  /** The name that an address falls back to; null: none. */
  defaultName(address: string): string | null;
}

export interface ApiRequest {
  readonly method: string;
  /** Without query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or the fields of a form. */
  readonly body: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SimulatedApi {
  readonly name: RestApiName;
  /** What the stack's secret config must hold to be let in; key -> value. */
  readonly config: Readonly<Record<string, string>>;
  /** Path of the token endpoint below the server's address, where there is one. */
  readonly tokenPath?: string;
  /** Path of the API below the server's address. @default none */
  readonly basePath?: string;
  /** Settings that the resource needs here. */
  readonly settings?: Readonly<Record<string, string>>;
  handle(request: ApiRequest, zones: ReverseZones): ApiResponse;
}

/** The member of a body; undefined where the shape is another. */
export function bodyMember(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    body,
  );
}

/** Whether text could be a host name with at least one dot; vendors check no more. */
export function looksLikeHostname(value: unknown): value is string {
  return typeof value === "string" && value.length <= 253 && /^([a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}\.?$/i.test(value);
}
