/**
 * The peer dependencies in `package.json`: each SDK that a provider's facts name, optional, from the version that is tested.
 * The rest of the file is written by hand.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providers } from "../providers/find-provider";

export const file = "package.json";

interface Package {
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Pulumi itself: what works with several versions is not derived from the one that is tested. */
const BY_HAND = ["@pulumi/policy", "@pulumi/pulumi"];

export function text(): string {
  const held: Package = JSON.parse(readFileSync(join(__dirname, "..", file), "utf8"));
  const ranges = [
    ...BY_HAND.map((name): [string, string] => [name, held.peerDependencies[name] ?? "*"]),
    ...[...new Set(providers.flatMap(({ sdk }) => sdk ?? []))].map((sdk): [string, string] => [
      sdk,
      rangeOf(sdk, held),
    ]),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  const made = {
    ...held,
    peerDependencies: Object.fromEntries(ranges),
    peerDependenciesMeta: Object.fromEntries(ranges.map(([name]) => [name, { optional: true }])),
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}

function rangeOf(sdk: string, { devDependencies }: Package): string {
  const tested = devDependencies[sdk];
  if (tested === undefined) throw new Error(`${sdk} is not installed. Run: npm install --save-dev --save-exact ${sdk}`);
  return `^${tested}`;
}
