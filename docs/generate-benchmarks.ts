/** `docs/benchmarks.md` from the figures of the last `npm run bench -- --save`. */
import { measurements } from "./measurements";

/** The page's whole text. */
export function text(): string {
  return [
    "<!-- Generated from bench/results.json and docs/generate-benchmarks.ts: change it there. -->",
    INTRODUCTION,
    ...measurements().flatMap(({ title, date, machine, load, versions, method, rows: [headings = [], ...rows] }) => [
      `## ${title}`,
      "",
      method,
      "",
      row(headings),
      row(headings.map(() => "---")),
      ...rows.map((cells) => row(headings.map((_, column) => cells[column] ?? ""))),
      "",
      `${date}, ${machine}, load before the run ${load}; ${versions}.`,
      "",
    ]),
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

const INTRODUCTION = `# Benchmarks

\`npm run bench\` measures; \`npm run bench -- --save\` also keeps the figures for this page. Every program in a table was run in
the same run, on the same machine, against the same servers. A program that is not installed is left out, and the table says so.

![The bulk benchmark and the publication benchmark as bars](benchmarks.svg)
`;
