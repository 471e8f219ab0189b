/**
 * The values that are secrets of the stack. @pulumi/policy hands rules plain values and forgets which of them were secret;
 * the engine's message still says it, and is therefore looked at on its way in.
 */
import type { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { patchAnalyzerService } from "./patch-analyzer-service";

/** The engine's marks within values: sdk/go/common/resource/properties.go of Pulumi. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Looks at every stack that reaches this process from now on.
 * @param seen takes the texts that are secret; called for each stack, before any rule runs
 */
export function patchAnalyzeStackCall(seen: (secrets: readonly string[]) => void): void {
  patchAnalyzerService<AnalyzeStackRequest>("analyzeStack", (request, bytes) => {
    const found: string[] = [];
    // Most stacks have none, which the bytes alone show.
    if (bytes.includes(SECRET)) {
      for (const resource of request.getResourcesList()) {
        collectSecrets(resource.getProperties()?.toJavaScript(), false, found);
      }
    }
    seen(found);
  });
}

function collectSecrets(value: unknown, secret: boolean, found: string[]): void {
  if (typeof value === "string") {
    if (secret) found.push(value);
  } else if (Array.isArray(value)) {
    for (const each of value) collectSecrets(each, secret, found);
  } else if (typeof value === "object" && value !== null) {
    const inner = value as Readonly<Record<string, unknown>>;
    if (inner[MARK] === SECRET) collectSecrets(inner.value, true, found);
    else for (const each of Object.values(inner)) collectSecrets(each, secret, found);
  }
}
