import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { isRestApiName, type RestApiName } from "../../../providers/internal/rest/apis";
import { provider } from "../../../providers/internal/rest/provider";
import { openAccount } from "../../../providers/internal/simulation/account";
import { describeIonosRecord, ionosDescription } from "../../../providers/ionos/simulation";
import { type SeenExchange, serveRestApi } from "../../../sandbox/rest/serve";
import { simulatedApis } from "../../../sandbox/simulations";
import { ptrInputs } from "./ptr-inputs";
import { type Operation, vendorDocuments } from "./vendor-documents";

const V4 = "203.0.113.7";
const V6 = "2001:db8:7::25";

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));

function fits(schema: object, value: unknown, what: string): void {
  const validate = ajv.compile(schema);
  assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
}

/** Every operation of the provider on both addresses, and what the API refuses. */
async function lived(name: RestApiName): Promise<readonly SeenExchange[]> {
  const api = simulatedApis[name];
  const account = openAccount([V4, V6], (address) =>
    address === V4 && name !== "ionos" ? "default.example.net" : null,
  );
  const served = await serveRestApi(api, account);
  const config = { get: (key: string) => api.config[key], require: (key: string) => api.config[key] ?? "" };
  await provider.configure?.({ config });
  const inputs = (address: string, hostname: string) => ptrInputs(name, served, address, hostname);
  try {
    for (const address of [V4, V6]) {
      const { id, outs } = await provider.create(inputs(address, "mail.example.com"));
      const olds = outs as never;
      await provider.read?.(id, olds);
      const updated = await provider.update?.(id, olds, inputs(address, "mail2.example.com"));
      // PowerDNS takes any name.
      if (name !== "powerdns")
        await assert.rejects(async () => provider.update?.(id, olds, inputs(address, "no-dots")));
      await provider.delete?.(id, updated?.outs as never);
      await provider.read?.(id, updated?.outs as never);
    }
    await assert.rejects(provider.create(inputs("198.51.100.1", "mail.example.com")));
    if (name === "hostinger") {
      const settings = { virtualMachine: "1268054" };
      await provider.read?.("id", { ...inputs(V4, "mail.example.com"), settings, previous: null });
    }
    return served.exchanges;
  } finally {
    await served.close();
  }
}

for (const name of Object.keys(simulatedApis).filter(isRestApiName)) {
  const document = vendorDocuments[name];
  if (document === undefined) throw new Error(`the vendor's document of ${name} is missing in vendor-documents.ts`);
  const { operations, error, source } = document;
  describe(`${name}, by ${source.split(":")[0]}`, () => {
    it("is asked, and answers in the sandbox, as the vendor's documents say", async () => {
      const used = new Set<Operation>();
      for (const { request, status, json } of await lived(name)) {
        const what = `${request.method} ${request.path}`;
        const operation = operations.find(({ method, path }) => method === request.method && path.test(request.path));
        assert.ok(operation, `${what} is in no document`);
        used.add(operation);
        for (const key of request.query.keys()) {
          assert.ok(operation.query?.includes(key), `${what} has no parameter ${key} in the document`);
        }
        const badName = JSON.stringify(request.body ?? "").includes("no-dots");
        if (operation.request === undefined) assert.equal(request.body, undefined, `${what} sends a body`);
        else if (!badName) fits(operation.request, request.body, `${what}, request`);
        if (status >= 400) {
          fits(error, json, `${what}, ${status}`);
          continue;
        }
        assert.ok(status in operation.answers, `${what}: ${status} is in no document`);
        const schema = operation.answers[status];
        if (schema === null || schema === undefined) assert.equal(json, undefined, `${what} has a body`);
        else fits(schema, json, `${what}, ${status}`);
      }
      const unused = operations.filter((operation) => !used.has(operation));
      assert.deepEqual(
        unused.map(({ method, path }) => `${method} ${path.source}`),
        [],
      );
    });
  });
}

describe("an IONOS record that somebody described", () => {
  it("keeps its description when its name changes", async () => {
    const account = openAccount([V4]);
    account.setPtr(V4, "old.example.net");
    describeIonosRecord(account, V4, "outgoing mail, ask ops before you change it");
    const served = await serveRestApi(simulatedApis.ionos, account);
    await provider.configure?.({ config: { get: () => "ionos-secret-token", require: () => "ionos-secret-token" } });
    await provider.create({ provider: "ionos", address: V4, hostname: "mail.example.com", endpoint: served.endpoint });
    await served.close();
    assert.equal(account.ptr(V4), "mail.example.com");
    assert.equal(ionosDescription(account, V4), "outgoing mail, ask ops before you change it");
  });
});
