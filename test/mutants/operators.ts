/** The mistakes that are planted in a source file, found in its syntax tree. */
import * as ts from "typescript";

export interface Mutant {
  /** Path from the root of the checkout. */
  readonly file: string;
  /** The same as long as the code around it is: the function, what was written and what is planted instead. */
  readonly id: string;
  readonly line: number;
  /** Offsets in the source, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

const BINARY: Readonly<Record<string, readonly string[]>> = {
  "<": ["<="],
  "<=": ["<"],
  ">": [">="],
  ">=": [">"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&": ["|"],
  "|": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
  ">>>": ["<<"],
  "+=": ["-="],
  "-=": ["+="],
};

/** Methods that are taken for each other. */
const SWAPS: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  startsWith: "endsWith",
  endsWith: "startsWith",
  toLowerCase: "toUpperCase",
  toUpperCase: "toLowerCase",
  find: "findLast",
  indexOf: "lastIndexOf",
  shift: "pop",
  pop: "shift",
};

/** Methods that are left out: `values.filter(f)` becomes `values`. */
const DROPPED = new Set(["filter", "sort", "toSorted", "reverse", "slice", "trim", "replace", "padStart"]);

/**
 * All mutants of a source, in its order. Left alone are types, imports, facts with their source, and texts of three
 * words or more: the wording of messages is no behaviour.
 * @param file its path from the root of the checkout
 */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const found: Omit<Mutant, "id">[] = [];
  const owners: string[] = [];
  const plant = (node: ts.Node, replacement: string, end = node.getEnd()): void => {
    const start = node.getStart(tree);
    if (source.slice(start, end) === replacement) return;
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    owners.push(ownerOf(node));
    found.push({ file, line, start, end, replacement });
  };
  const visit = (node: ts.Node): void => {
    if (isUntouched(node)) return;
    mutate(node, plant, tree);
    ts.forEachChild(node, visit);
  };
  visit(tree);

  const seen = new Map<string, number>();
  return found.map((mutant, index) => {
    const what = `${shortened(source.slice(mutant.start, mutant.end))} -> ${shortened(mutant.replacement)}`;
    const key = `${file} ${owners[index]}: ${what}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return { ...mutant, id: count === 1 ? key : `${key} (${count})` };
  });
}

/** The source with the mistake in it. */
export function planted(source: string, { start, end, replacement }: Mutant): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

function isUntouched(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    (ts.isObjectLiteralExpression(node) && isFact(node))
  );
}

/** What the outside world does, with its source: no test can know better. */
function isFact({ properties }: ts.ObjectLiteralExpression): boolean {
  const names = properties.map(({ name }) => name?.getText());
  return names.includes("source") && !names.includes("check");
}

type Plant = (node: ts.Node, replacement: string, end?: number) => void;

function mutate(node: ts.Node, plant: Plant, tree: ts.SourceFile): void {
  const text = (part: ts.Node) => part.getText(tree);
  if (ts.isIfStatement(node)) condition(node.expression, plant);
  else if (ts.isConditionalExpression(node)) condition(node.condition, plant);
  else if (ts.isWhileStatement(node)) plant(node.expression, "false");
  else if (ts.isBinaryExpression(node)) binary(node, plant, text);
  else if (ts.isPrefixUnaryExpression(node)) prefixed(node, plant, text);
  else if (ts.isPostfixUnaryExpression(node)) {
    const other = node.operator === ts.SyntaxKind.PlusPlusToken ? "--" : "++";
    plant(node, `${text(node.operand)}${other}`);
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) plant(node, "false");
  else if (node.kind === ts.SyntaxKind.FalseKeyword) plant(node, "true");
  else if (ts.isNumericLiteral(node)) plant(node, String(Number(node.text.replaceAll("_", "")) + 1));
  else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) string(node, plant);
  else if (ts.isTemplateExpression(node)) {
    if (!isProse(text(node))) plant(node, "``");
  } else if (ts.isRegularExpressionLiteral(node)) for (const other of regularExpressions(node.text)) plant(node, other);
  else if (ts.isArrayLiteralExpression(node)) {
    if (node.elements.length > 0) plant(node, "[]");
  } else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) plant(node, "", endWithComma(node, tree));
  else if (ts.isExpressionStatement(node)) plant(node, ";");
  else if (ts.isThrowStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node)) plant(node, ";");
  else if (ts.isReturnStatement(node) && node.expression === undefined) plant(node, ";");
  else if (ts.isCallExpression(node)) call(node, plant, text);
  else if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) {
    plant(node, `${text(node.expression)}.${text(node.name)}`);
  }
}

function condition(node: ts.Expression, plant: Plant): void {
  // Of `a || b` each part alone is planted too, and is more than "never"; so with `a && b` and "always".
  if (!isBoth(node)) plant(node, "true");
  if (!isEither(node)) plant(node, "false");
}

function isBoth(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

function isEither(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
}

/** Whether a condition stands for itself: then always and never are planted, and its opposite tells no more. */
function isWholeCondition(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

function binary(node: ts.BinaryExpression, plant: Plant, text: (part: ts.Node) => string): void {
  const [left, operator, right] = [text(node.left), text(node.operatorToken), text(node.right)];
  if (operator === "??") {
    plant(node, left);
    plant(node, right);
    return;
  }
  if (operator === "+" && (isText(node.left) || isText(node.right))) return;
  if (!(operator.endsWith("==") && isWholeCondition(node))) {
    for (const other of BINARY[operator] ?? []) plant(node, `${left} ${other} ${right}`);
  }
  // A part left out.
  if (operator === "&&" || operator === "||") {
    plant(node, left);
    plant(node, right);
  }
}

function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function prefixed(node: ts.PrefixUnaryExpression, plant: Plant, text: (part: ts.Node) => string): void {
  if (isWholeCondition(node)) return;
  if (node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken) {
    plant(node, text(node.operand));
  }
}

function string(node: ts.StringLiteralLike, plant: Plant): void {
  const { parent } = node;
  if (("name" in parent && parent.name === node) || isProse(node.text)) return;
  // The kind of a value is for the type check to hold.
  if (ts.isCaseClause(parent) || (ts.isPropertyAssignment(parent) && parent.name.getText() === "kind")) return;
  if (ts.isBinaryExpression(parent) && parent.left.getText().endsWith("kind")) return;
  plant(node, node.text === "" ? '"planted"' : '""');
}

function isProse(text: string): boolean {
  return /\p{L}{2,} \p{L}+ \p{L}{2,}/u.test(text.replace(/\$\{[^}]*\}/g, "it"));
}

/** Anchors and flags left out, classes inverted, repetitions changed. */
function regularExpressions(literal: string): string[] {
  const slash = literal.lastIndexOf("/");
  const [body, flags] = [literal.slice(1, slash), literal.slice(slash + 1)];
  const others: string[] = [];
  let inClass = false;
  for (let at = 0; at < body.length; at++) {
    const [before, after] = [body.slice(0, at), body.slice(at + 1)];
    const character = body[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") {
      inClass = true;
      others.push(after.startsWith("^") ? `${before}[${after.slice(1)}` : `${before}[^${after}`);
    } else if (character === "^" || character === "$") others.push(before + after);
    else if (character === "+") others.push(`${before}${after}`, `${before}*${after}`);
    else if (character === "*") others.push(`${before}${after}`, `${before}+${after}`);
    else if (character === "?" && body[at - 1] !== "(") others.push(before + after);
  }
  return [
    ...others.filter(isRegularExpression(flags)).map((other) => `/${other}/${flags}`),
    ...[..."gi"].filter((flag) => flags.includes(flag)).map((flag) => `/${body}/${flags.replace(flag, "")}`),
  ];
}

function isRegularExpression(flags: string): (body: string) => boolean {
  return (body) => {
    try {
      return body !== "" && new RegExp(body, flags) !== undefined;
    } catch {
      return false;
    }
  };
}

function call(node: ts.CallExpression, plant: Plant, text: (part: ts.Node) => string): void {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return;
  const name = callee.name.text;
  const swapped = SWAPS[name];
  if (swapped !== undefined) {
    const owner = text(callee.expression) + (callee.questionDotToken === undefined ? "." : "?.");
    plant(node, `${owner}${swapped}(${node.arguments.map(text).join(", ")})`);
  }
  if (DROPPED.has(name)) plant(node, text(callee.expression));
}

function endWithComma(node: ts.Node, tree: ts.SourceFile): number {
  const rest = tree.text.slice(node.getEnd());
  const comma = /^\s*,/.exec(rest);
  return node.getEnd() + (comma?.[0].length ?? 0);
}

/** The function or declaration around a node. */
function ownerOf(node: ts.Node): string {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) || ts.isClassDeclaration(at)) {
      if (at.name !== undefined) return at.name.getText();
    }
    if (ts.isVariableDeclaration(at) && (isFunction(at.initializer) || isTopLevel(at))) return at.name.getText();
    if (ts.isConstructorDeclaration(at)) return "constructor";
  }
  return "file";
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

function isTopLevel(node: ts.VariableDeclaration): boolean {
  return ts.isSourceFile(node.parent.parent.parent);
}

/** On one line, and not longer than a line of a table should be. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/`/g, "'");
  return line.length > 120 ? `${line.slice(0, 80)} ... ${line.slice(-30)}` : line;
}
