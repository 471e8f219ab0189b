// What Pulumi starts (PulumiPlugin.yaml): the compiled plugin of the package, or, in a checkout, its sources as they are.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const register = join(__dirname, "..", "register.js");
if (existsSync(register)) {
  require(register);
  require("./main.ts");
} else {
  require("pulumi-fcrdns/plugin");
}
