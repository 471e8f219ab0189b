/**
 * Follows a program of Lua as far as it is made of literals: strings and numbers, their concatenation, tables, loops
 * over tables, functions of the program itself. It runs nothing: what a call of anything else returns is unknown, and
 * where a condition is unknown every branch is followed. Everything is bounded, so that no program takes long.
 */
import type {
  Expression,
  FunctionDeclaration,
  Identifier,
  IndexExpression,
  MemberExpression,
  Statement,
} from "luaparse";
import { type LuaFile, LuaFunction, LuaTable, type LuaValue, NamedValue, notListed, Scope, Unknown } from "./lua-value";

type Call = Extract<Expression, { type: "CallExpression" | "TableCallExpression" | "StringCallExpression" }>;

/** A call of something that is known by its name. */
export interface NamedCall {
  /** `kumo.on`, `policy-extras.sources:setup` */
  readonly path: string;
  readonly args: readonly LuaValue[];
  readonly file: string;
  readonly line: number;
  /** Whether it is made only if something holds that is not known. */
  readonly isConditional: boolean;
}

/** @returns what the call is known to return; undefined: not known */
export type OnCall = (call: NamedCall) => LuaValue | undefined;

const MAX_STEPS = 1_000_000;
const MAX_CALLS_DEEP = 30;
const MAX_LOOP = 100_000;

/** What ends a block before its end. */
type Ended = { readonly returns: LuaValue } | "break" | undefined;

export class Lua {
  private steps = 0;
  private callsDeep = 0;
  private conditionsDeep = 0;
  /** Whether the function has ended before this point if something holds that is not known. */
  private mayHaveReturned = false;
  /** How to take back what was set below a condition that is not known, and to mark it as unknown. */
  private journal: { readonly undo: () => void; readonly blur: () => void }[] | undefined;
  private readonly globals = new Scope();
  private readonly followed = new Set<FunctionDeclaration>();
  private readonly functions = new Set<LuaFunction>();

  constructor(private readonly onCall: OnCall) {}

  /** Whether the program was too large to be followed to its end. */
  get isExhausted(): boolean {
    return this.steps > MAX_STEPS;
  }

  /** @returns what the file returns */
  follow(file: LuaFile): LuaValue {
    const ended = this.block(file.body, new Scope(), file);
    return typeof ended === "object" ? ended.returns : null;
  }

  /** @param args those beyond are unknown */
  call(called: LuaFunction, args: readonly LuaValue[]): LuaValue {
    const { declaration, scope, file } = called;
    this.followed.add(declaration);
    if (this.callsDeep >= MAX_CALLS_DEEP) return new Unknown("a function that calls itself");
    const inside = new Scope(scope);
    declaration.parameters.forEach((parameter, at) => {
      if (parameter.type === "Identifier") inside.declare(parameter.name, args[at] ?? new Unknown(parameter.name));
    });
    const outer = this.mayHaveReturned;
    this.callsDeep += 1;
    this.mayHaveReturned = false;
    const ended = this.block(declaration.body, inside, file);
    const result = this.mayHaveReturned ? new Unknown(`what ${nameOf(declaration)} returns`) : null;
    this.mayHaveReturned = outer;
    this.callsDeep -= 1;
    return result ?? (typeof ended === "object" ? ended.returns : null);
  }

  /** Follows the functions that nothing has called: something else may. */
  followTheRest(): void {
    for (const each of this.functions) if (!this.followed.has(each.declaration)) this.call(each, []);
  }

  private block(statements: readonly Statement[], scope: Scope, file: LuaFile): Ended {
    for (const statement of statements) {
      if (++this.steps > MAX_STEPS) return "break";
      const ended = this.statement(statement, scope, file);
      if (ended !== undefined) return ended;
    }
    return undefined;
  }

  private statement(statement: Statement, scope: Scope, file: LuaFile): Ended {
    switch (statement.type) {
      case "LocalStatement": {
        const values = this.values(statement.init, statement.variables.length, scope, file);
        statement.variables.forEach((variable, at) => {
          scope.declare(variable.name, values[at] ?? null);
        });
        return undefined;
      }
      case "AssignmentStatement": {
        const values = this.values(statement.init, statement.variables.length, scope, file);
        statement.variables.forEach((variable, at) => {
          this.assign(variable, values[at] ?? null, scope, file);
        });
        return undefined;
      }
      case "CallStatement":
        this.value(statement.expression, scope, file);
        return isError(statement.expression) ? { returns: null } : undefined;
      case "FunctionDeclaration": {
        const { identifier } = statement;
        const declared = this.functionOf(statement, scope, file);
        if (statement.isLocal && identifier?.type === "Identifier") scope.declare(identifier.name, declared);
        else if (identifier !== null) this.assign(identifier, declared, scope, file);
        return undefined;
      }
      case "ReturnStatement":
        return { returns: this.values(statement.arguments, 1, scope, file)[0] ?? null };
      case "BreakStatement":
        return "break";
      case "DoStatement":
        return this.block(statement.body, new Scope(scope), file);
      case "IfStatement":
        return this.conditional(statement, scope, file);
      case "WhileStatement":
      case "RepeatStatement":
        this.value(statement.condition, scope, file);
        this.perhaps(() => this.block(statement.body, new Scope(scope), file));
        return undefined;
      case "ForNumericStatement": {
        const [start, end, step] = [statement.start, statement.end, statement.step].map((each) =>
          each === null ? 1 : this.value(each, scope, file),
        );
        const known = typeof start === "number" && typeof end === "number" && typeof step === "number" && step !== 0;
        if (!known || Math.abs((end - start) / step) > MAX_LOOP) {
          return this.loopOnce([statement.variable], statement.body, scope, file);
        }
        for (let at = start; step > 0 ? at <= end : at >= end; at += step) {
          if (++this.steps > MAX_STEPS) return "break";
          const inside = new Scope(scope);
          inside.declare(statement.variable.name, at);
          const ended = this.block(statement.body, inside, file);
          if (ended === "break") return undefined;
          if (ended !== undefined) return ended;
        }
        return undefined;
      }
      case "ForGenericStatement":
        return this.forEach(statement.variables, statement.iterators, statement.body, scope, file);
      default:
        return undefined;
    }
  }

  private forEach(
    variables: readonly Identifier[],
    iterators: readonly Expression[],
    body: readonly Statement[],
    scope: Scope,
    file: LuaFile,
  ): Ended {
    const [iterator] = iterators;
    const call = iterator !== undefined && isCall(iterator) ? iterator : undefined;
    const over = call && this.value(call.base, scope, file);
    const argument = call && argumentsOf(call)[0];
    const walks = over instanceof NamedValue && (over.path === "ipairs" || over.path === "pairs");
    const table = walks && argument !== undefined ? this.value(argument, scope, file) : undefined;
    if (!(table instanceof LuaTable)) {
      for (const each of iterators) if (!walks) this.value(each, scope, file);
      return this.loopOnce(variables, body, scope, file);
    }
    for (const [key, { value }] of [...table.entries]) {
      if (over instanceof NamedValue && over.path === "ipairs" && typeof key !== "number") continue;
      if (++this.steps > MAX_STEPS) return "break";
      const inside = new Scope(scope);
      [key, value].forEach((each, at) => {
        const variable = variables[at];
        if (variable !== undefined) inside.declare(variable.name, each);
      });
      const ended = this.block(body, inside, file);
      if (ended === "break") return undefined;
      if (ended !== undefined) return ended;
    }
    return undefined;
  }

  /** A loop over what is not known. */
  private loopOnce(
    variables: readonly Identifier[],
    body: readonly Statement[],
    scope: Scope,
    file: LuaFile,
  ): undefined {
    const inside = new Scope(scope);
    for (const { name } of variables) inside.declare(name, new Unknown(name));
    this.perhaps(() => this.block(body, inside, file));
  }

  private conditional({ clauses }: Extract<Statement, { type: "IfStatement" }>, scope: Scope, file: LuaFile): Ended {
    let mayHold = false;
    for (const clause of clauses) {
      const holds = clause.type === "ElseClause" ? true : truth(this.value(clause.condition, scope, file));
      if (holds === false) continue;
      const run = () => this.block(clause.body, new Scope(scope), file);
      if (holds === true && !mayHold) return run();
      mayHold = true;
      this.perhaps(run);
      if (holds === true) return undefined;
    }
    return undefined;
  }

  /** Follows what may be run or not: what it sets is unknown afterwards. */
  private perhaps(run: () => Ended): void {
    const outer = this.journal;
    const journal: typeof this.journal = [];
    this.journal = journal;
    this.conditionsDeep += 1;
    const ended = run();
    this.conditionsDeep -= 1;
    this.journal = outer;
    for (const { undo } of [...journal].reverse()) undo();
    for (const { blur } of journal) blur();
    for (const each of journal) outer?.push(each);
    if (typeof ended === "object") this.mayHaveReturned = true;
  }

  private assign(
    to: Identifier | IndexExpression | MemberExpression,
    value: LuaValue,
    scope: Scope,
    file: LuaFile,
  ): void {
    const line = to.loc?.start.line ?? 1;
    if (to.type === "Identifier") {
      const holder = scope.holder(to.name) ?? this.globals;
      const before = holder.get(to.name);
      holder.declare(to.name, value);
      this.journal?.push({
        undo: () => holder.declare(to.name, before ?? null),
        blur: () => holder.declare(to.name, new Unknown(to.name)),
      });
      return;
    }
    const table = this.value(to.base, scope, file);
    const key = to.type === "MemberExpression" ? to.identifier.name : this.value(to.index, scope, file);
    if (!(table instanceof LuaTable) || !isKey(key)) return;
    const before = table.entries.get(key);
    table.entries.set(key, { value, line });
    this.journal?.push({
      undo: () => (before === undefined ? table.entries.delete(key) : table.entries.set(key, before)),
      blur: () => table.entries.set(key, { value: new Unknown(String(key)), line }),
    });
  }

  private values(expressions: readonly Expression[], count: number, scope: Scope, file: LuaFile): LuaValue[] {
    const values = expressions.map((each) => this.value(each, scope, file));
    const last = expressions.at(-1);
    // A call and `...` may return several values.
    const several = last !== undefined && (last.type.endsWith("CallExpression") || last.type === "VarargLiteral");
    while (several && last !== undefined && values.length < count) values.push(this.unknown(last, file));
    return values;
  }

  private value(expression: Expression, scope: Scope, file: LuaFile): LuaValue {
    if (++this.steps > MAX_STEPS) return new Unknown("a program that is too long");
    switch (expression.type) {
      case "StringLiteral":
        return expression.value ?? this.unknown(expression, file);
      case "NumericLiteral":
      case "BooleanLiteral":
        return expression.value;
      case "NilLiteral":
        return null;
      case "Identifier":
        return (
          scope.get(expression.name) ?? this.globals.get(expression.name) ?? this.globalOrNil(expression.name, scope)
        );
      case "FunctionDeclaration":
        return this.functionOf(expression, scope, file);
      case "TableConstructorExpression": {
        const table = new LuaTable();
        for (const field of expression.fields) {
          const line = field.loc?.start.line ?? 1;
          const value = this.value(field.value, scope, file);
          if (field.type === "TableValue") {
            table.append(value, line);
            continue;
          }
          const key = field.type === "TableKeyString" ? field.key.name : this.value(field.key, scope, file);
          if (isKey(key)) table.entries.set(key, { value, line });
        }
        return table;
      }
      case "MemberExpression":
        return this.member(this.value(expression.base, scope, file), expression.identifier.name, expression, file);
      case "IndexExpression": {
        const base = this.value(expression.base, scope, file);
        const key = this.value(expression.index, scope, file);
        if (key instanceof Unknown && base instanceof LuaTable) {
          for (const each of base.entries.keys()) if (typeof each === "string") key.candidates?.add(each);
          return key.isAnother ? notListed : this.unknown(expression, file);
        }
        return isKey(key) ? this.member(base, key, expression, file) : this.unknown(expression, file);
      }
      case "UnaryExpression": {
        const value = this.value(expression.argument, scope, file);
        if (expression.operator === "not") {
          const known = truth(value);
          return known === undefined ? this.unknown(expression, file) : !known;
        }
        if (expression.operator === "-" && typeof value === "number") return -value;
        return expression.operator === "#" && value instanceof LuaTable
          ? value.length()
          : this.unknown(expression, file);
      }
      case "LogicalExpression": {
        const left = this.value(expression.left, scope, file);
        const holds = truth(left);
        if (holds === (expression.operator === "or")) return left;
        const right = this.value(expression.right, scope, file);
        return holds === undefined ? this.unknown(expression, file) : right;
      }
      case "BinaryExpression":
        return (
          operated(
            expression.operator,
            this.value(expression.left, scope, file),
            this.value(expression.right, scope, file),
          ) ?? this.unknown(expression, file)
        );
      case "CallExpression":
      case "TableCallExpression":
      case "StringCallExpression":
        return this.called(expression, scope, file);
      default:
        return this.unknown(expression, file);
    }
  }

  /** A variable that nothing set is Lua's or KumoMTA's own. */
  private globalOrNil(name: string, scope: Scope): LuaValue {
    return scope.holder(name) === undefined && this.globals.holder(name) === undefined ? new NamedValue(name) : null;
  }

  private member(base: LuaValue, key: string | number, expression: Expression, file: LuaFile): LuaValue {
    if (base instanceof LuaTable) return base.get(key);
    if (base === notListed) return notListed;
    return base instanceof NamedValue ? new NamedValue(`${base.path}.${key}`) : this.unknown(expression, file);
  }

  private functionOf(declaration: FunctionDeclaration, scope: Scope, file: LuaFile): LuaFunction {
    const made = new LuaFunction(declaration, scope, file);
    this.functions.add(made);
    return made;
  }

  private called(call: Call, scope: Scope, file: LuaFile): LuaValue {
    const { base } = call;
    const isMethod = base.type === "MemberExpression" && base.indexer === ":";
    const owner = isMethod ? this.value(base.base, scope, file) : undefined;
    const called =
      isMethod && owner instanceof NamedValue
        ? new NamedValue(`${owner.path}:${base.identifier.name}`)
        : isMethod && owner !== undefined
          ? this.member(owner, base.identifier.name, call, file)
          : this.value(base, scope, file);
    const args = argumentsOf(call).map((each) => this.value(each, scope, file));
    if (called instanceof LuaFunction) return this.call(called, owner === undefined ? args : [owner, ...args]);
    if (called instanceof NamedValue) {
      if (called.path === "table.insert" && args[0] instanceof LuaTable && args.length === 2) {
        return this.inserted(args[0], args[1] ?? null, call.loc?.start.line ?? 1);
      }
      const known = this.onCall({
        path: called.path,
        args,
        file: file.name,
        line: call.loc?.start.line ?? 1,
        isConditional: this.conditionsDeep > 0 || this.mayHaveReturned,
      });
      if (known !== undefined) return known;
    }
    return this.unknown(call, file);
  }

  private inserted(table: LuaTable, value: LuaValue, line: number): null {
    table.append(value, line);
    const key = table.length();
    this.journal?.push({
      undo: () => table.entries.delete(key),
      blur: () => table.entries.set(key, { value, line }),
    });
    return null;
  }

  private unknown(expression: Expression, file: LuaFile): Unknown {
    const [from, to] = (expression as { readonly range?: readonly [number, number] }).range ?? [0, 0];
    const text = file.text.slice(from, to).replace(/\s+/g, " ");
    return new Unknown(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  }
}

const MAX_TEXT = 10_000;

function isCall(expression: Expression): expression is Call {
  return expression.type.endsWith("CallExpression");
}

/** `f(a)`, `f { }`, `f 'a'` */
function argumentsOf(call: Call): readonly Expression[] {
  if (call.type === "CallExpression") return call.arguments;
  return [call.type === "TableCallExpression" ? call.arguments : call.argument];
}

/** `error "..."` ends a function. */
function isError(expression: Expression): boolean {
  return "base" in expression && expression.base.type === "Identifier" && expression.base.name === "error";
}

function nameOf({ identifier }: FunctionDeclaration): string {
  return identifier?.type === "Identifier" ? identifier.name : (identifier?.identifier.name ?? "a function");
}

function isKey(value: LuaValue): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Undefined: not known. */
function truth(value: LuaValue): boolean | undefined {
  if (value === notListed) return false;
  return value instanceof Unknown || value instanceof NamedValue ? undefined : value !== null && value !== false;
}

/** Undefined: not known. */
function operated(operator: string, left: LuaValue, right: LuaValue): LuaValue | undefined {
  if (operator === "==" || operator === "~=") {
    const same = sameValue(left, right);
    return same === undefined ? undefined : same === (operator === "==");
  }
  if (operator === "..") {
    const text = isKey(left) && isKey(right) ? `${left}${right}` : undefined;
    return text !== undefined && text.length <= MAX_TEXT ? text : undefined;
  }
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}

function sameValue(left: LuaValue, right: LuaValue): boolean | undefined {
  if (left === notListed || right === notListed) return (left === notListed ? right : left) === null;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (!(one instanceof Unknown)) continue;
    if (typeof other === "string") one.candidates?.add(other);
    return one.isAnother && typeof other === "string" ? false : undefined;
  }
  return left instanceof NamedValue || right instanceof NamedValue ? undefined : left === right;
}
