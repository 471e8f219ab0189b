// What Pulumi starts (PulumiPlugin.yaml): the compiled plugin of the package, or, in a checkout with its dependencies, its
// sources as they are. Pulumi clones a Git repository and installs in this folder only: there it is the package.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const register = join(__dirname, "..", "register.js");
if (existsSync(register) && existsSync(join(__dirname, "..", "node_modules"))) {
  require(register);
  require("../components/plugin/main.ts");
} else {
  try {
    require.resolve("pulumi-fcrdns/plugin");
  } catch {
    const checkout = existsSync(register) ? `, or npm ci in the checkout, ${join(__dirname, "..")}` : "";
    console.error(
      `The npm package pulumi-fcrdns is not installed beside the plugin: run npm install in ${__dirname}${checkout}`,
    );
    process.exit(1);
  }
  require("pulumi-fcrdns/plugin");
}
