/** The name servers' addresses on another port, in a process that a test kills and starts again. */
import { faultyNetwork } from "./faulty-network";

const [, , port = "", serverPort = "", ...addresses] = process.argv;

faultyNetwork(addresses, Number(serverPort), {}, undefined, Number(port)).then(
  () => process.send?.("ready"),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
process.on("disconnect", () => process.exit(0));
