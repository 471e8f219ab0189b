// Required before Pulumi's runner of policy packs. It compiles a pack with ts-node, some seconds of processor time at each
// run of the engine; here types are stripped instead, as for everything else that runs from the checkout.
require("../../register.js");

const tsNode = require.resolve("ts-node", { paths: [require.resolve("@pulumi/pulumi/package.json"), __dirname] });
require.cache[tsNode] = { id: tsNode, filename: tsNode, loaded: true, exports: { register: () => {} } };
