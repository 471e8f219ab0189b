import { faultyLives } from "./faulty-lives";
import { failing, late, overHttp } from "./vendor-errors";

faultyLives("every write of up, rename and destroy: the vendor answers 429 or 500, late, or is cut off", [
  ...overHttp,
  ...failing("AWS", 1, 2, 3, 4, 5),
  late("AWS", 2),
  ...failing("DigitalOcean", 1, 2, 3, 4),
  late("DigitalOcean", 1),
  ...failing("Hetzner", 1, 3, 5, 7, 8),
  late("Hetzner", 5),
]);
