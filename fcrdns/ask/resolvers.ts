/** Which resolvers to query. */
import { getServers } from "node:dns";
import { parseServer } from "../parse-server";
import type { AskingSettings } from "../settings";
import type { ServerAddress } from "./transport";

/**
 * The resolvers that the settings name, or else the system's. In mode `full` the system's are left out if roots or stubs
 * point at a private DNS, which they do not know. Mode `recursive` has no other servers to query, so there they are kept.
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

/** The resolvers of this machine. */
function systemResolvers(): ServerAddress[] {
  return getServers().flatMap((text) => {
    const parsed = parseServer(text);
    return parsed.ok ? [parsed.server] : [];
  });
}
