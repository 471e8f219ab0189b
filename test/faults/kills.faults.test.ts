import { type FaultyLife, faultyLives } from "./faulty-lives";
import type { Victim } from "./killable-stack";
import type { Point } from "./killed-life";
import type { KindName } from "./kinds";

function writes(kind: KindName, at: "cloud" | "api", most: number, victim: Victim = "both"): FaultyLife[] {
  return Array.from({ length: most }, (_, index) => index + 1).flatMap((nth) =>
    (["received", "done"] as const).map((moment) => ({ kind, point: { at, nth, moment, victim } satisfies Point })),
  );
}

function events(kind: KindName, ...those: readonly number[]): FaultyLife[] {
  return those.map((nth) => ({ kind, point: { at: "event", nth, victim: "both" } }));
}

function alone(kind: KindName, nth: number): FaultyLife[] {
  return (["program", "engine"] as const).flatMap((victim) =>
    (["received", "done"] as const).map((moment) => ({ kind, point: { at: "cloud", nth, moment, victim } })),
  );
}

faultyLives("every write of up, rename and destroy: the engine and the program are killed", [
  ...writes("AWS", "cloud", 5),
  ...events("AWS", 3, 6),
  ...alone("AWS", 2),
  ...writes("DigitalOcean", "cloud", 4),
  ...events("DigitalOcean", 2, 5),
  ...alone("DigitalOcean", 1),
  ...writes("Hetzner Robot", "api", 2),
  ...events("Hetzner Robot", 4, 7),
  ...writes("RackNerd", "cloud", 4),
  ...events("RackNerd", 4),
  ...writes("Hetzner", "cloud", 8),
  ...events("Hetzner", 3, 5, 7, 9),
  ...alone("Hetzner", 5),
]);
