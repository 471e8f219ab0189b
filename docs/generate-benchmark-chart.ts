/** `docs/benchmarks.svg`: bars for two of the tables in `docs/benchmarks.md`. */
import { measurements } from "./measurements";

/** What is written. */
export const file = "docs/benchmarks.svg";

interface Bar {
  readonly label: string;
  readonly value: number;
  /** As the table has it. */
  readonly text: string;
  readonly isOurs: boolean;
}

interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const LABELS = 400;
const BAR = 18;
const LINE = 26;

/** The drawing's whole text. */
export function text(): string {
  let y = 8;
  const drawn: string[] = [];
  for (const { title, bars } of charts()) {
    drawn.push(`<text x="8" y="${y + 16}" class="title">${escaped(title)}</text>`);
    y += 30;
    const most = Math.max(...bars.map(({ value }) => value));
    for (const { label, value, text: shown, isOurs } of bars) {
      const length = Math.max(2, Math.round((value / most) * (WIDTH - LABELS - 110)));
      drawn.push(
        `<text x="${LABELS - 8}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
        `<rect x="${LABELS}" y="${y}" width="${length}" height="${BAR}" rx="2"${isOurs ? ' class="ours"' : ""}/>`,
        `<text x="${LABELS + length + 6}" y="${y + 14}">${escaped(shown)}</text>`,
      );
      y += LINE;
    }
    y += 18;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-labelledby="benchmarks">`,
    '<title id="benchmarks">Benchmarks: the tables are in docs/benchmarks.md</title>',
    `<style>${STYLE}</style>`,
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

/** Readable on a light page and on a dark one. */
const STYLE =
  "text{font:13px sans-serif;fill:#333}.title{font-weight:bold}rect{fill:#9ab}.ours{fill:#07c}" +
  "@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#678}.ours{fill:#4af}}";

function charts(): Chart[] {
  return measurements().flatMap(({ title, rows: [headings = [], ...rows] }) => {
    if (title.includes("PTR and forward")) {
      const column = headings.indexOf("addresses/s");
      const bars = rows.flatMap(([label = "", ...cells]) => bar(label, cells[column - 1]));
      return [{ title: `${title}: addresses a second (longer is better)`, bars }];
    }
    if (title.startsWith("From publication")) {
      const bars = rows.flatMap(([moment = "", ...cells]) =>
        headings.flatMap((heading, column) =>
          column === 0 || heading === "interval then"
            ? []
            : bar(`${heading}, published after ${moment}`, cells[column - 1]),
        ),
      );
      return [{ title: "From publication to the verdict (shorter is better)", bars }];
    }
    return [];
  });
}

/** No bar where nothing was measured. */
function bar(label: string, text = ""): Bar[] {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? [] : [{ label, value, text, isOurs: label.startsWith("fcrdns") }];
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
