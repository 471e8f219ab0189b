/** Serves a simulated API on loopback, with faults that are switched while it runs. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiRequest, ReverseZones, SimulatedApi } from "../../providers/internal/simulation/simulated-api";

/** What goes wrong with a request. */
export type RestFault =
  /** The connection is closed before anything is done. */
  | { readonly kind: "cut-before" }
  /** It is done, and the connection is closed before the answer. */
  | { readonly kind: "cut-after" }
  /** No answer ever, and nothing is done. */
  | { readonly kind: "silence" }
  /** It is done, and there is no answer ever. */
  | { readonly kind: "silence-after" }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Something else answers: a proxy, the sign-in page of a network. Nothing is done. */
  | {
      readonly kind: "stranger";
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: ApiRequest["headers"];
  readonly body: unknown;
}

/** A request and what the simulated API said; not what a fault made of it. */
export interface SeenExchange {
  readonly request: SeenRequest & { readonly query: URLSearchParams };
  readonly status: number;
  readonly json: unknown;
}

export interface ServedApi {
  /** Give this as `endpoint`. */
  readonly endpoint: string;
  /** Give this as `tokenEndpoint`, where the API has one. */
  readonly tokenEndpoint?: string;
  /** Every request since the start, in order. */
  readonly requests: readonly SeenRequest[];
  /** The requests that reached the API, each with its answer. */
  readonly exchanges: readonly SeenExchange[];
  /** Answers each request that matches with the fault, until {@link ServedApi.clearFaults}; `times` limits it. */
  fail(fault: RestFault, matches?: (request: SeenRequest) => boolean, times?: number): void;
  clearFaults(): void;
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function serveRestApi(api: SimulatedApi, zones: ReverseZones): Promise<ServedApi> {
  const requests: SeenRequest[] = [];
  const exchanges: SeenExchange[] = [];
  let failing: { fault: RestFault; matches: (request: SeenRequest) => boolean; left: number } | undefined;

  const server = createServer(async (incoming, outgoing) => {
    const request = await read(incoming);
    requests.push(request);
    const fault = failing?.matches(request) && failing.left-- > 0 ? failing.fault : undefined;
    if (fault?.kind === "cut-before") return void incoming.socket.destroy();
    if (fault?.kind === "silence") return;
    if (fault?.kind === "status") return send(outgoing, { status: fault.status, headers: fault.headers ?? {} });
    if (fault?.kind === "stranger") {
      outgoing.writeHead(fault.status, { ...(fault.body !== "" && { "content-type": "text/html" }), ...fault.headers });
      return void outgoing.end(fault.body);
    }
    const base = api.basePath ?? "";
    const inApi = request.path.startsWith(base) || request.path === api.tokenPath;
    const path = request.path === api.tokenPath ? request.path : request.path.slice(base.length);
    const response = inApi ? api.handle({ ...request, path }, zones) : { status: 404 };
    exchanges.push({ request: { ...request, path }, status: response.status, json: response.json });
    if (fault?.kind === "silence-after") return;
    if (fault?.kind === "cut-after") return void incoming.socket.destroy();
    send(outgoing, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint: `${url}${api.basePath ?? ""}`,
    ...(api.tokenPath !== undefined && { tokenEndpoint: `${url}${api.tokenPath}` }),
    requests,
    exchanges,
    fail: (fault, matches = () => true, times = Number.POSITIVE_INFINITY) => {
      failing = { fault, matches, left: times };
    },
    clearFaults: () => {
      failing = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest & { query: URLSearchParams }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: parsed(text, incoming.headers["content-type"] ?? ""),
  };
}

function parsed(text: string, type: string): unknown {
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(
  outgoing: ServerResponse,
  response: { status: number; json?: unknown; headers?: Readonly<Record<string, string>> },
): void {
  const text = response.json === undefined ? "" : JSON.stringify(response.json);
  outgoing.writeHead(response.status, {
    ...(text !== "" && { "content-type": "application/json" }),
    ...response.headers,
  });
  outgoing.end(text);
}
