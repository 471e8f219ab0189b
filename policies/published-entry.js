// The published pack is compiled JavaScript: `index.js` is what Pulumi finds in `node_modules/pulumi-fcrdns/policies`.
// It is there only while the package is packed. In the checkout it would stand before `index.ts`.
const { rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const entry = join(__dirname, "index.js");
if (process.argv[2] === "write") writeFileSync(entry, 'require("../dist/policies/index.js");\n');
else if (process.argv[2] === "remove") rmSync(entry, { force: true });
else throw new Error("usage: node policies/published-entry.js write|remove");
