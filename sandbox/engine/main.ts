/** `npm run engine`: gets the Pulumi engine where there is none and prints where it is; exit status 2 when it cannot be had. */
import { getEngine } from "./get-engine";

getEngine({ env: process.env, progress: (line) => process.stderr.write(`${line}\n`) }).then((engine) => {
  if (engine.ok) {
    process.stdout.write(`${engine.command} (${engine.version}, from ${engine.from})\n`);
  } else {
    process.stderr.write(`${engine.message}\n`);
    process.exitCode = 2;
  }
});
