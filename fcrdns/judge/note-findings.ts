import type { Note } from "../evidence";
import type { FindingRuleId } from "./finding-rules";
import type { Found, Who } from "./found";

/** The finding that something the asking noticed amounts to. */
export function noteFinding(note: Note, all: readonly Note[]): Found {
  const found = (rule: FindingRuleId, owner: Who): Found => ({ rule, seen: { kind: "note", note }, owner });
  switch (note.kind) {
    case "excluded":
      return found("server-excluded", { kind: "server-operator", server: note.server });
    case "without-address":
      return found("server-without-address", { kind: "zone-operator", zone: note.zone });
    case "limit":
      return found("limit-reached", { kind: "zone-operator", zone: note.of === "servers" ? note.zone : undefined });
    case "out-of-time":
      return found("out-of-time", { kind: "checker" });
    case "blocked":
      return {
        ...found("port-53-blocked", { kind: "network-operator" }),
        // Mode recursive would take a lying resolver at its word.
        ...(all.some(({ kind }) => kind === "not-believed") && {
          step: { kind: "as-for", rule: "resolver-not-believed" },
        }),
      };
    case "denied":
      return found("resolver-denies", { kind: "resolver-operator", server: note.server });
    case "not-believed":
      return found("resolver-not-believed", { kind: "network-operator" });
    case "no-resolver":
      return found("resolvers-not-asked", { kind: "checker" });
  }
}
