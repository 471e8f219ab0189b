// Runs the TypeScript sources directly (tests, sandbox, command in the checkout): types are stripped, not checked.
// Type checking is `npm run check`. The namespace import of a CommonJS module stays that module itself, as under tsc.
const { addHook } = require("sucrase/dist/register");

addHook(".ts", {
  transforms: ["typescript", "imports"],
  enableLegacyTypeScriptModuleInterop: true,
  // Node 20 knows `?.`, `??` and private fields by itself; rewritten they are slower.
  disableESTransforms: true,
});
