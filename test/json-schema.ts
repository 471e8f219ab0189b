/** What vendors' documents say of requests and answers, as JSON schemas: facts, shortened to what is used. */

export type Schema = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, Schema>>;

export const text = { type: "string" };
export const textOrNull = { type: "string", nullable: true };
export const integer = { type: "integer" };
export const integerOrNull = { type: "integer", nullable: true };
export const boolean = { type: "boolean" };

/** What a vendor answers: others may come besides. */
export function object(required: Members, optional: Members = {}): Schema {
  return { type: "object", required: Object.keys(required), properties: { ...required, ...optional } };
}

/** What a vendor takes: no other. */
export function closed(required: Members, optional: Members = {}): Schema {
  return { ...object(required, optional), additionalProperties: false };
}

export function list(items: Schema, more: Schema = {}): Schema {
  return { type: "array", items, ...more };
}

export function oneOf(...values: readonly string[]): Schema {
  return { type: "string", enum: values };
}
