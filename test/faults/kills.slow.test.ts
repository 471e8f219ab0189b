import { faultyLives } from "./faulty-lives";

faultyLives("the engine and the program are killed, and the next run ends right", [
  { kind: "Hetzner", point: { at: "cloud", nth: 1, moment: "done", victim: "both" } },
  { kind: "Hetzner", point: { at: "cloud", nth: 5, moment: "done", victim: "both" } },
  { kind: "DigitalOcean", point: { at: "cloud", nth: 1, moment: "done", victim: "both" } },
  { kind: "DigitalOcean", point: { at: "cloud", nth: 2, moment: "received", victim: "engine" } },
  { kind: "AWS", point: { at: "cloud", nth: 3, moment: "done", victim: "program" } },
  { kind: "AWS", point: { at: "event", nth: 5, victim: "both" } },
  { kind: "Hetzner Robot", point: { at: "api", nth: 1, moment: "done", victim: "both" } },
  { kind: "RackNerd", point: { at: "cloud", nth: 2, moment: "done", victim: "both" } },
]);
