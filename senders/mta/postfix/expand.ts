/** `$name` and its relatives in a value of `main.cf`, as postconf(5) describes them. */

export type Expansion = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** What the name of a parameter stands for: its value before expansion; undefined: nothing is known of it. */
export type LookUp = (name: string) => { readonly value: string } | { readonly unknown: string } | undefined;

/** A chain of references that is longer is a loop. */
const MAX_DEPTH = 50;

/**
 * The value with everything replaced that begins with `$`.
 * @returns why not, in words that follow the value, where it refers to what the files do not say
 */
export function expand(value: string, lookUp: LookUp): Expansion {
  try {
    return { ok: true, text: expanded(value, lookUp, 0) };
  } catch (error) {
    if (error instanceof NotKnown) return { ok: false, why: error.message };
    throw error;
  }
}

class NotKnown extends Error {}

function expanded(value: string, lookUp: LookUp, depth: number): string {
  if (depth > MAX_DEPTH) throw new NotKnown("refers to itself");
  let text = "";
  for (let at = 0; at < value.length; ) {
    if (value[at] !== "$") {
      text += value[at++];
      continue;
    }
    const next = value[at + 1] ?? "";
    if (next === "$") {
      text += "$";
      at += 2;
    } else if (next === "{" || next === "(") {
      const end = endOf(value, at + 1);
      text += expression(value.slice(at + 2, end), lookUp, depth);
      at = end + 1;
    } else {
      const name = /^\w+/.exec(value.slice(at + 1))?.[0];
      if (name === undefined) throw new NotKnown('has a "$" without a name, which Postfix refuses');
      text += parameterText(name, lookUp, depth);
      at += 1 + name.length;
    }
  }
  return text;
}

/** The place of the bracket that closes the one at `open`. */
function endOf(text: string, open: number): number {
  const [opening, closing] = text[open] === "{" ? ["{", "}"] : ["(", ")"];
  let level = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opening) level++;
    else if (text[at] === closing && --level === 0) return at;
  }
  throw new NotKnown(`has a "${opening}" that nothing closes, which Postfix refuses`);
}

/** What stands between the brackets: a name or a comparison, then what its truth selects. */
function expression(text: string, lookUp: LookUp, depth: number): string {
  const inner = text.trimStart();
  if (inner.startsWith("{")) {
    const { holds, rest } = comparison(inner, lookUp, depth);
    return rest === "" ? (holds ? "true" : "") : selected(holds, rest, lookUp, depth);
  }
  const name = /^\w+/.exec(inner)?.[0];
  if (name === undefined) throw new NotKnown(`has an expression without a name, "${text}", which Postfix refuses`);
  const rest = inner.slice(name.length).trim();
  if (rest === "") return parameterText(name, lookUp, depth);
  if (!/^[?:]/.test(rest)) throw new NotKnown(`has an expression that Postfix refuses, "${text}"`);
  const found = lookUp(name);
  const holds = found !== undefined && parameterText(name, lookUp, depth) !== "";
  return selected(holds, inner.slice(name.length).trimStart(), lookUp, depth);
}

/** `?value`, `:value` or `?{value}:{value}`; a value without braces takes the rest of the text. */
function selected(holds: boolean, rest: string, lookUp: LookUp, depth: number): string {
  const value = rest.slice(1).trimStart();
  if (rest.startsWith(":")) return holds ? "" : expanded(unbraced(value), lookUp, depth + 1);
  if (!value.startsWith("{")) return holds ? expanded(value, lookUp, depth + 1) : "";
  const end = endOf(value, 0);
  const otherwise = value.slice(end + 1).trim();
  if (otherwise !== "" && !otherwise.startsWith(":")) throw new NotKnown(`has "${otherwise}" where ":" is expected`);
  if (holds) return expanded(value.slice(1, end), lookUp, depth + 1);
  return otherwise === "" ? "" : expanded(unbraced(otherwise.slice(1).trimStart()), lookUp, depth + 1);
}

function unbraced(value: string): string {
  return value.startsWith("{") ? value.slice(1, endOf(value, 0)) : value;
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** `{left} == {right}`, or `<=level` and its like for `compatibility_level`. */
function comparison(text: string, lookUp: LookUp, depth: number): { readonly holds: boolean; readonly rest: string } {
  const leftEnd = endOf(text, 0);
  const between = /^\s*(==|!=|<=?|>=?)(level)?\s*(?=\{)/.exec(text.slice(leftEnd + 1));
  const holdsFor = COMPARISONS[between?.[1] ?? ""];
  if (between === null || holdsFor === undefined)
    throw new NotKnown(`has an expression that Postfix refuses, "${text}"`);
  const rightStart = leftEnd + 1 + between[0].length;
  const rightEnd = endOf(text, rightStart);
  // As before "?" and ":", what is not set is empty here.
  const orEmpty: LookUp = (name) => lookUp(name) ?? { value: "" };
  const left = expanded(text.slice(1, leftEnd), orEmpty, depth + 1);
  const right = expanded(text.slice(rightStart + 1, rightEnd), orEmpty, depth + 1);
  const order = between[2] === undefined ? orderOf(left, right) : orderOfLevels(left, right);
  return { holds: holdsFor(order), rest: text.slice(rightEnd + 1).trim() };
}

/** As numbers where both are all digits. */
function orderOf(left: string, right: string): number {
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `3.6` is below `3.10`. */
function orderOfLevels(left: string, right: string): number {
  const [one, other] = [left, right].map((level) => level.trim().split(".").map(Number)) as [number[], number[]];
  for (let part = 0; part < 3; part++) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parameterText(name: string, lookUp: LookUp, depth: number): string {
  const found = lookUp(name);
  if (found === undefined) throw new NotKnown(`refers to $${name}, which nothing here sets`);
  if ("unknown" in found) throw new NotKnown(`refers to $${name}: ${found.unknown}`);
  return expanded(found.value, lookUp, depth + 1);
}
