// `npm run build`: compiles what is published to dist/ and makes the command executable.
//
// The declarations are written for TypeScript 3.8, the compiler that Pulumi brings along for a program whose project has
// none of its own: there `type` cannot stand at a single name of an import (that came with 4.5). In a declaration file
// the word says nothing more, so it is taken out.
const { execFileSync } = require("node:child_process");
const { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const ts = require("typescript");

const dist = join(__dirname, "dist");

/** A declaration file's text without `type` at single names of imports and exports. */
function withoutInlineTypes(text) {
  const file = ts.createSourceFile("declaration.d.ts", text, ts.ScriptTarget.Latest);
  const names = file.statements.flatMap((statement) => {
    const bindings = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : ts.isExportDeclaration(statement) && statement.exportClause;
    return bindings && "elements" in bindings ? [...bindings.elements] : [];
  });
  let written = text;
  for (const name of names.filter(({ isTypeOnly }) => isTypeOnly).reverse()) {
    const start = name.getStart(file);
    written = written.slice(0, start) + written.slice(start).replace(/^type\s+/, "");
  }
  return written;
}

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: __dirname,
  stdio: "inherit",
});
for (const name of readdirSync(dist, { recursive: true })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join(dist, name);
  writeFileSync(path, withoutInlineTypes(readFileSync(path, "utf8")));
}
chmodSync(join(dist, "cli", "main.js"), 0o755);
execFileSync(process.execPath, [join(__dirname, "bundle-plugin.mjs")], { stdio: "inherit" });
