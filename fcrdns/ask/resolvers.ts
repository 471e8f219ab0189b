/** Which resolvers to ask. */
import { getServers } from "node:dns";
import { parseServer } from "../parse-server";
import type { AskingSettings } from "../settings";
import type { ServerAddress } from "./transport";

/**
 * The resolvers that the settings name, or else the system's. In mode `full` those are left out where roots or stubs point
 * at a DNS of one's own: they know nothing of it, and its names are nothing to them. Mode `recursive` has nobody else to
 * ask, so there they stay.
 */
export function resolversOf({
  mode,
  resolvers,
  roots,
  stubs,
}: Pick<AskingSettings, "mode" | "resolvers" | "roots" | "stubs">): readonly ServerAddress[] {
  const ownDns = roots !== null || stubs.size > 0;
  return resolvers ?? (ownDns && mode === "full" ? [] : systemResolvers());
}

/** Those that this machine itself uses. */
function systemResolvers(): ServerAddress[] {
  return getServers().flatMap((text) => {
    const parsed = parseServer(text);
    return parsed.ok ? [parsed.server] : [];
  });
}
