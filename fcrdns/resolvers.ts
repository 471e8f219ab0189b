/** The resolvers that this machine itself uses. */
import { getServers } from "node:dns";
import { parseServer } from "./server-address";
import type { ServerAddress } from "./transport";

export function systemResolvers(): ServerAddress[] {
  return getServers().flatMap((text) => {
    const parsed = parseServer(text);
    return parsed.ok ? [parsed.server] : [];
  });
}
