import { faultyLives } from "./faulty-lives";
import { failing, late, overHttp } from "./vendor-errors";

faultyLives("a vendor that fails: the next run ends right", [
  ...failing("AWS", 3),
  late("Hetzner", 5),
  ...overHttp.filter(({ point }) => "fault" in point && point.fault.kind === "cut-after" && point.times === "every"),
]);
