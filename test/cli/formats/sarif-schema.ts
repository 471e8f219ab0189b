/**
 * The part of SARIF 2.1.0 (OASIS, errata 01) that a report of ours can hold, as a JSON schema written down from the
 * standard: required properties, types, enumerations, and nothing that the standard does not name.
 */
const text = { type: "string" };
const index = { type: "integer", minimum: -1 };

function object(required: readonly string[], properties: Readonly<Record<string, unknown>>): object {
  return { type: "object", additionalProperties: false, required, properties };
}

function list(items: object, more: object = {}): object {
  return { type: "array", items, ...more };
}

/** Section 3.12. */
const multiformatMessage = object(["text"], { text, markdown: text, properties: { type: "object" } });
/** Section 3.11: a message has text or the id of one. */
const message = {
  ...object(["text"], { text, markdown: text, id: text, arguments: list(text), properties: { type: "object" } }),
};
const level = { enum: ["none", "note", "warning", "error"] };

/** Section 3.49. */
const reportingDescriptor = object(["id"], {
  id: text,
  name: text,
  shortDescription: multiformatMessage,
  fullDescription: multiformatMessage,
  help: multiformatMessage,
  helpUri: { type: "string", format: "uri" },
  defaultConfiguration: object([], { enabled: { type: "boolean" }, level, rank: { type: "number" } }),
  properties: { type: "object" },
});

/** Section 3.28. */
const location = object([], {
  id: { type: "integer", minimum: -1 },
  physicalLocation: {
    ...object([], {
      artifactLocation: object([], { uri: { type: "string", format: "uri-reference" }, uriBaseId: text, index }),
      region: object([], { startLine: { type: "integer", minimum: 1 }, startColumn: { type: "integer", minimum: 1 } }),
    }),
    anyOf: [{ required: ["address"] }, { required: ["artifactLocation"] }],
  },
  logicalLocations: list(object([], { name: text, fullyQualifiedName: text, decoratedName: text, kind: text, index }), {
    uniqueItems: true,
  }),
  message,
});

/** Section 3.27. */
const result = object(["message"], {
  ruleId: text,
  ruleIndex: index,
  kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
  level,
  message,
  locations: list(location),
  fingerprints: { type: "object", additionalProperties: text },
  partialFingerprints: { type: "object", additionalProperties: text },
  properties: { type: "object" },
});

export const sarifSchema = object(["version", "runs"], {
  $schema: { type: "string", format: "uri" },
  version: { const: "2.1.0" },
  runs: list(
    object(["tool"], {
      tool: object(["driver"], {
        driver: object(["name"], {
          name: text,
          version: text,
          semanticVersion: text,
          informationUri: { type: "string", format: "uri" },
          shortDescription: multiformatMessage,
          rules: list(reportingDescriptor, { uniqueItems: true }),
        }),
      }),
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      invocations: list(
        object(["executionSuccessful"], {
          executionSuccessful: { type: "boolean" },
          startTimeUtc: { type: "string", format: "date-time" },
          exitCode: { type: "integer" },
        }),
      ),
      results: list(result),
    }),
  ),
});
