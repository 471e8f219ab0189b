// The published pack is compiled JavaScript: `index.js` is what Pulumi finds in `node_modules/pulumi-fcrdns/policies`.
// It is there only while the package is packed. In the checkout it would stand before `index.ts`.
const { rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const entry = join(__dirname, "index.js");
// Pulumi's SDKs are optional beside the command, so the one that a pack needs may be missing.
const source = `try {
  require.resolve("@pulumi/policy");
} catch {
  console.error("The fcrdns policy pack needs @pulumi/policy, which is not installed: npm install @pulumi/policy");
  process.exit(1);
}
require("../dist/policies/index.js");
`;
if (process.argv[2] === "write") writeFileSync(entry, source);
else if (process.argv[2] === "remove") rmSync(entry, { force: true });
else throw new Error("usage: node policies/published-entry.js write|remove");
