/**
 * What an answer must look like to be the API's own. A sign-in page of a hotel, a proxy or a wrong endpoint answers 200
 * as well; only the shape that the vendor documents tells them apart.
 */
import { parseAddress } from "../../../fcrdns/names/address";
import { member } from "./rest-api";

/** Whether a body (parsed JSON; undefined: none) is what the vendor's documents promise. */
export type Shape = (body: unknown) => boolean;

/** Nothing in it is used: any JSON, or no body at all. */
export const anyBody: Shape = () => true;

/** An object whose members have the given shapes; others are ignored. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  return (body) =>
    typeof body === "object" &&
    body !== null &&
    !Array.isArray(body) &&
    Object.entries(members).every(([name, shape]) => shape(member(body, name)));
}

/** A list of the given shape. */
export function list(item: Shape): Shape {
  return (body) => Array.isArray(body) && body.every(item);
}

/** One of the shapes. */
export function either(...shapes: readonly Shape[]): Shape {
  return (body) => shapes.some((shape) => shape(body));
}

export const text: Shape = (body) => typeof body === "string";
export const number: Shape = (body) => typeof body === "number";
/** A number, or the digits of one. */
export const id: Shape = (body) => Number.isSafeInteger(body) || (typeof body === "string" && body !== "");
export const nothing: Shape = (body) => body === null;
/** null, or not there. */
export const absent: Shape = (body) => body === null || body === undefined;

/** This address, in any spelling. */
export function theAddress(address: string): Shape {
  return (body) => typeof body === "string" && sameAddress(body, address);
}

/** Whether text is the address, in any spelling, with or without a prefix length. */
export function sameAddress(text: unknown, address: string): boolean {
  const parsed = parseAddress(typeof text === "string" ? (text.split("/")[0] ?? "") : "");
  return parsed.ok && parsed.address.text === address;
}
