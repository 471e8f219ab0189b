// Runs the TypeScript sources directly (tests, sandbox, command in the checkout): types are stripped, not checked.
// Type checking is `npm run check`. The namespace import of a CommonJS module stays that module itself, as under tsc.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const OPTIONS = {
  transforms: ["typescript", "imports"],
  enableLegacyTypeScriptModuleInterop: true,
  // Node 20 knows `?.`, `??` and private fields by itself; rewritten they are slower.
  disableESTransforms: true,
};

// A test starts several processes, each of which loads some hundred files: what was stripped once is kept, by content.
const cache = join(__dirname, "node_modules", ".cache", "stripped-types");
const salt = `${require("sucrase/package.json").version} ${JSON.stringify(OPTIONS)}`;

function stripped(file) {
  const source = readFileSync(file, "utf8");
  const kept = join(cache, createHash("sha256").update(salt).update(file).update(source).digest("hex"));
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const text = strip(source, file);
    keep(kept, text);
    return text;
  }
}

/** The JavaScript of a TypeScript source, line by line. */
function strip(source, file) {
  const { code, sourceMap } = require("sucrase").transform(source, {
    ...OPTIONS,
    filePath: file,
    sourceMapOptions: { compiledFilename: file },
  });
  const map = Buffer.from(JSON.stringify(sourceMap)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${map}`;
}

function keep(file, text) {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A folder that cannot be written is no reason to fail.
  }
}

require.extensions[".ts"] = (module, file) => module._compile(stripped(file), file);

module.exports = { strip };
