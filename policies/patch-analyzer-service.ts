/**
 * Replaces a function of Pulumi's gRPC layer, for the whole process: the one that reads a message of the engine.
 *
 * There is no documented way to what the gate needs. `@pulumi/policy` (v1.21.0, `server.js`) keeps the engine's
 * configuration in a variable of its own: a policy's `getConfig` gives its own part, and the third argument of `PolicyPack`
 * is what a pack starts with, not what it was given. And it hands rules plain values, without what the engine says of
 * secrets. The messages are read as before, and only looked at.
 */
import type * as service from "@pulumi/pulumi/proto/analyzer_grpc_pb";

/** @param look is called with each message that this process reads from now on, before anything else sees it */
export function patchAnalyzerService<Message>(
  call: "configure" | "analyzeStack",
  look: (message: Message, bytes: Buffer) => void,
): void {
  const method = analyzerService().AnalyzerService[call] as unknown as {
    requestDeserialize: (bytes: Buffer) => Message;
  };
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const message = deserialize(bytes);
    look(message, bytes);
    return message;
  };
}

/** Of the copy of the SDK that serves the policies, should there be several in `node_modules`. */
function analyzerService(): typeof service {
  const paths = [require.resolve("@pulumi/policy")];
  return require(require.resolve("@pulumi/pulumi/proto/analyzer_grpc_pb", { paths })) as typeof service;
}
