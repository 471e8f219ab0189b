/**
 * A vendor's API over HTTP on loopback, as its document describes it. Every request and every answer is checked against the
 * document, so that neither the plugin nor the fake can leave it unnoticed.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Ajv from "ajv";
import type { RemoteInternet } from "../../../sandbox/internet/remote-internet";
import type { Schema } from "../../json-schema";

/** The part of the loopback internet that a vendor publishes in. */
export type World = ReturnType<RemoteInternet["world"]>;

export interface Operation {
  /** Parameters of the query. @default none */
  readonly query?: readonly string[];
  /** Of the JSON body. @default no body */
  readonly request?: Schema;
  /** By status; null: no body. */
  readonly answers: Readonly<Record<number, Schema | null>>;
}

/** What a vendor's document says of the operations that its plugin uses here. */
export interface ApiDocument {
  /** Where it was read, with version or commit and licence. */
  readonly source: string;
  readonly date: string;
  /** By method and path: `GET /zones/{zone}`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Of every answer that is an error. */
  readonly error: Schema;
}

export interface Call {
  /** The parameters in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

export interface Vendor<Document extends ApiDocument = ApiDocument> {
  readonly document: Document;
  readonly operations: Readonly<Record<keyof Document["operations"], (call: Call) => Answer | Promise<Answer>>>;
  /** An error in the vendor's own form. */
  readonly refusal: (status: number, message: string) => unknown;
  /** Everything that somebody would pay for or stumble over: addresses, records, PTRs of one's own. */
  readonly left: () => readonly string[];
  /** The vendor forgets the PTR that somebody set for this address. */
  readonly losePtr: (address: string) => Promise<void>;
  /**
   * Sets a lost PTR again, as somebody does in the vendor's console, where the plugin cannot see the loss.
   * @returns false: the plugin sees it
   * @default the plugin sees every loss
   */
  readonly setPtrAgain?: (address: string) => Promise<boolean>;
}

/** What happens to a call in place of its answer. */
export type Fault =
  | { readonly kind: "status"; readonly status: number }
  /** The connection is cut before anything is done. */
  | { readonly kind: "cut" };

export interface Exchange {
  /** As in the document; the plain method and path where that has none. */
  readonly operation: string;
  readonly path: string;
  readonly body: string;
  /** 0: the connection was cut. */
  readonly status: number;
}

export interface FakeApi {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Calls and answers that the document does not allow. */
  readonly violations: readonly string[];
  /** Each write that comes fails the first time. @returns ends it; the writes that failed */
  failEachWriteOnce(fault: Fault): () => readonly string[];
  close(): Promise<void>;
}

const ajv = new Ajv({ strict: false, allErrors: true });

/** @param basePath what the plugin puts before the document's paths, `/v1` */
export async function serveVendor(vendor: Vendor, basePath = ""): Promise<FakeApi> {
  const exchanges: Exchange[] = [];
  const violations: string[] = [];
  const routes = Object.entries(vendor.document.operations).map(([name, operation]) => ({
    name,
    operation,
    ...route(name),
  }));
  let failing: { readonly fault: Fault; readonly failed: Set<string> } | undefined;

  const check = (schema: Schema, value: unknown, what: string): void => {
    const validate = ajv.compile(schema);
    if (!validate(value)) violations.push(`${what}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
  };

  async function answer(request: IncomingMessage, text: string): Promise<{ name: string; answer: Answer | "cut" }> {
    const url = new URL(request.url ?? "/", "http://vendor");
    const path = url.pathname.startsWith(basePath) ? url.pathname.slice(basePath.length) : url.pathname;
    const found = routes.find(({ method, pattern }) => method === request.method && pattern.test(path));
    if (found === undefined) {
      const name = `${request.method} ${path}`;
      violations.push(`${name} is in no document`);
      return { name, answer: { status: 404, json: vendor.refusal(404, `${name} is not played`) } };
    }
    const { name, operation, pattern } = found;
    const body: Readonly<Record<string, unknown>> = text === "" ? {} : JSON.parse(text);
    for (const key of url.searchParams.keys()) {
      if (!operation.query?.includes(key)) violations.push(`${name} has no parameter ${key}`);
    }
    if (operation.request !== undefined) check(operation.request, body, `${name}, request`);
    else if (Object.keys(body).length > 0) violations.push(`${name} has a body: ${text}`);

    const key = `${name} ${path} ${withoutAutonames(text)}`;
    if (failing !== undefined && request.method !== "GET" && !failing.failed.has(key)) {
      failing.failed.add(key);
      const { fault } = failing;
      if (fault.kind === "cut") return { name, answer: "cut" };
      return { name, answer: { status: fault.status, json: vendor.refusal(fault.status, "fault of the test") } };
    }
    const parameters = Object.fromEntries(
      Object.entries(pattern.exec(path)?.groups ?? {}).map(([parameter, value]) => [
        parameter,
        decodeURIComponent(value),
      ]),
    );
    const handle = vendor.operations[name];
    if (handle === undefined) throw new Error(`the fake has no ${name}`);
    const made = await handle({ path: parameters, query: url.searchParams, body, headers: request.headers });
    const what = `${name}, ${made.status}`;
    if (made.status >= 400) check(vendor.document.error, made.json, what);
    else if (!(made.status in operation.answers)) violations.push(`${what} is in no document`);
    else {
      const schema = operation.answers[made.status] ?? null;
      if (schema !== null) check(schema, made.json, what);
      else if (made.json !== undefined) violations.push(`${what} has a body`);
    }
    return { name, answer: made };
  }

  // One after another, as if each were one transaction.
  let queue: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      queue = queue.then(async () => {
        const done = await answer(request, body).catch((error: unknown) => {
          violations.push(`the fake failed: ${error instanceof Error ? error.stack : error}`);
          return { name: "", answer: { status: 500, json: vendor.refusal(500, "the fake failed") } };
        });
        const status = done.answer === "cut" ? 0 : done.answer.status;
        exchanges.push({ operation: done.name, path: request.url ?? "", body, status });
        send(response, done.answer);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    violations,
    failEachWriteOnce(fault) {
      const failed = new Set<string>();
      failing = { fault, failed };
      return () => {
        failing = undefined;
        return [...failed];
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function send(response: ServerResponse, answer: Answer | "cut"): void {
  if (answer === "cut") {
    response.destroy();
    return;
  }
  const { status, json } = answer;
  response.writeHead(status, json === undefined ? {} : { "content-type": "application/json" });
  response.end(json === undefined ? undefined : JSON.stringify(json));
}

function route(name: string): { method: string; pattern: RegExp } {
  const [method = "", path = ""] = name.split(" ");
  return { method, pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`) };
}

/** Pulumi adds seven random digits to a name of its own, others at each attempt. */
function withoutAutonames(text: string): string {
  return text.replaceAll(/-[0-9a-f]{7}\b/g, "");
}
