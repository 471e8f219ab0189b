/**
 * A change counts as done when the API shows it. Some APIs answer with success and do the work later,
 * and the answer may come from something that is not the API at all.
 */
import { sameName } from "../../../fcrdns/names/name";
import type { NoAddress, RestApi, Session, Target } from "./rest-api";
import { RestPtrError } from "./rest-ptr-error";

/** Milliseconds before each look after the first: half a minute in all. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000];

/** Sets the PTR and waits until the API shows it; rejects as uncertain where it does not. */
export async function setPtr(api: RestApi, session: Session, target: Target, hostname: string): Promise<void> {
  await api.write(session, target, hostname);
  const last = await looked(api, session, target, (found) => typeof found === "string" && sameText(found, hostname));
  if (last !== "as wanted") throw session.unfinished(`its API still shows ${words(last)}`);
}

/**
 * Takes the PTR away, or puts `previous` back, and waits until the API no longer shows `hostname`.
 * @returns as {@link RestApi.reset}
 */
export async function resetPtr(
  api: RestApi,
  session: Session,
  target: Target,
  hostname: string,
  previous: string | null,
): Promise<"done" | "stays"> {
  const done = await api.reset(session, target, previous);
  // Where the name before was the same one, there is nothing to see.
  if (done === "stays" || hostname === "" || (previous !== null && sameText(previous, hostname))) return done;
  const last = await looked(api, session, target, (found) => typeof found !== "string" || !sameText(found, hostname));
  if (last !== "as wanted") throw session.unfinished(`its API still shows ${words(last)}`);
  return done;
}

type Found = string | null | NoAddress;

async function looked(
  api: RestApi,
  session: Session,
  target: Target,
  asWanted: (found: Found) => boolean,
): Promise<"as wanted" | Found> {
  for (let look = 0; ; look++) {
    const found = await read(api, session, target);
    if (asWanted(found)) return "as wanted";
    const pause = PAUSES_MS[look];
    if (pause === undefined) return found;
    await session.pause(pause);
  }
}

/** The change was sent, so an error of this look leaves open whether it is there. */
async function read(api: RestApi, session: Session, target: Target): Promise<Found> {
  try {
    return await api.read(session, target);
  } catch (error) {
    throw error instanceof RestPtrError ? new RestPtrError(error.message, true) : error;
  }
}

function words(found: Found): string {
  if (found === null || found === "") return "no PTR";
  return typeof found === "string" ? found : "no such address";
}

/** Whether two texts are the same name, or the same text where they are no names. */
export function sameText(a: string, b: string): boolean {
  return a === b || sameName(a, b);
}
