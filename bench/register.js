const { addHook } = require("sucrase/dist/register");

addHook(".ts", {
  transforms: ["typescript", "imports"],
  enableLegacyTypeScriptModuleInterop: true,
  disableESTransforms: true,
});
