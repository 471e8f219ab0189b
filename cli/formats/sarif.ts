/**
 * SARIF 2.1.0 (OASIS), as code scanning takes it: one result for each finding, with every rule's explanation. An address
 * that came from a file is located by its line there.
 */
import { createHash } from "node:crypto";
import { FINDING_RULES, type FindingRule, finding, findingRule } from "../../fcrdns/judge/finding-rules";
import { wantedOf } from "../../fcrdns/report/verdict-text";
import type { Finding, Severity, Verdict } from "../../fcrdns/verdict";
import { asciiJson, forSarif } from "./escape";
import type { Checked, Format, ReportContext } from "./format";
import { nameOf, outcomeOf } from "./wording";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

type Level = "error" | "warning" | "note";

const levels: Readonly<Record<Severity, Level>> = { error: "error", warning: "warning", info: "note" };

const rules: readonly (readonly [id: string, rule: FindingRule])[] = Object.entries(FINDING_RULES);
const indexOfRule: ReadonlyMap<string, number> = new Map(rules.map(([id], index) => [id, index]));

export const sarif: Format = async function* (results, context) {
  yield `{\n"$schema": ${asciiJson(SCHEMA)},\n"version": "2.1.0",\n"runs": [{\n"tool": ${asciiJson(tool(context), 1)},\n`;
  yield `"columnKind": "utf16CodeUnits",\n"results": [`;
  let between = "\n";
  for await (const checked of results) {
    for (const result of resultsOf(checked)) {
      yield `${between}${asciiJson(result)}`;
      between = ",\n";
    }
  }
  const invocation = {
    executionSuccessful: context.unchecked() === 0,
    startTimeUtc: new Date(context.startedAt).toISOString(),
  };
  yield `\n],\n"invocations": [${asciiJson(invocation)}]\n}]\n}\n`;
};

function tool({ version }: ReportContext): object {
  return {
    driver: {
      name: "fcrdns",
      semanticVersion: version,
      shortDescription: { text: "Checks that sending addresses have forward-confirmed reverse DNS" },
      rules: rules.map(([id, { severity, cause, explanation, fix, source }]) => ({
        id,
        name: pascalCase(id),
        shortDescription: { text: cause },
        fullDescription: { text: explanation },
        help: { text: `${fix} Source: ${source}.` },
        defaultConfiguration: { level: levels[severity] },
      })),
    },
  };
}

function* resultsOf(checked: Checked): Generator<object> {
  const { verdict } = checked;
  const findings = verdict.findings.filter(({ rule }) => findingRule(rule) !== undefined);
  const explained = verdict.status === "pass" || findings.some(({ severity }) => severity !== "info");
  if (!explained) {
    const message = `${verdict.ip} ${outcomeOf(verdict)}: expected ${wantedOf(verdict)}`;
    yield result(checked, finding("not-confirmed", { message, who: "" }));
  }
  for (const found of verdict.findings) yield result(checked, found);
}

function result({ verdict, origin, stack }: Checked, { rule, severity, message, fix, who }: Finding): object {
  const index = indexOfRule.get(rule);
  const level = verdict.status === "unknown" && severity === "error" ? "warning" : levels[severity];
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level,
    message: {
      text: forSarif([message, `Fix: ${fix}`, ...(who === "" ? [] : [`Who: ${who}`])].map(sentence).join(" ")),
    },
    locations: [
      {
        ...(origin && {
          physicalLocation: { artifactLocation: { uri: uriOf(origin.file) }, region: { startLine: origin.line } },
        }),
        logicalLocations: [
          { name: verdict.ip, fullyQualifiedName: stack?.urn ?? verdict.arpa, kind: stack ? "resource" : "address" },
        ],
      },
    ],
    partialFingerprints: { "address/v1": fingerprint(verdict, rule) },
    properties: {
      ip: verdict.ip,
      hostname: nameOf(verdict),
      status: verdict.status,
      reason: verdict.reason,
      ...(stack?.reasons && { sendsBecause: stack.reasons }),
    },
  };
}

/** Ends with a full stop, unless another mark ends it: the parts stand in one line. */
function sentence(text: string): string {
  return /[.!?:;]$/.test(text) ? text : `${text}.`;
}

/** The same problem of the same address is the same alert from run to run. */
function fingerprint({ ip, expected }: Verdict, rule: string): string {
  return createHash("sha256")
    .update(`${ip}\n${expected ?? ""}\n${rule}`)
    .digest("hex")
    .slice(0, 32);
}

/** A relative reference where the path is relative: code scanning joins it to the repository. */
function uriOf(path: string): string {
  const wellFormed = Buffer.from(path, "utf8").toString("utf8");
  const reference = wellFormed.split(/[\\/]/).map(encodeURIComponent).join("/");
  return reference.startsWith("/") ? `file://${reference}` : reference.replace(/^\.\//, "");
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
