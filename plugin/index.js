// What Pulumi starts (PulumiPlugin.yaml): the compiled plugin of the package, or, in a checkout, its sources as they are.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const register = join(__dirname, "..", "register.js");
if (existsSync(register)) {
  require(register);
  require("../components/plugin/main.ts");
} else {
  try {
    require.resolve("pulumi-fcrdns/plugin");
  } catch {
    console.error(`The npm package pulumi-fcrdns is not installed beside the plugin: run npm install in ${__dirname}`);
    process.exit(1);
  }
  require("pulumi-fcrdns/plugin");
}
