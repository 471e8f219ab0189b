/**
 * The process of the loopback internet and the simulated clouds, so that they answer even while the program that the engine
 * runs is busy. It lives as long as the process that started it: `startInternetProcess`.
 */
import { type ServedClouds, serveClouds } from "../clouds/serve";
import { simulatedClouds } from "../simulations";
import { type Internet, startInternet } from "./internet";
import type { CallMessage, InternetProcessOptions, Reachable, ReturnMessage, StartMessage } from "./internet-messages";

let internet: Internet | undefined;
let served: ServedClouds | undefined;

async function start(options: InternetProcessOptions): Promise<Reachable> {
  const known = simulatedClouds;
  const wanted = options.clouds ?? known.map((cloud) => cloud.package);
  const clouds = wanted.map((name) => {
    const cloud = known.find((candidate) => candidate.package === name);
    if (cloud) return cloud;
    throw new Error(`no simulated cloud is called ${name}; there are: ${known.map((each) => each.package).join(", ")}`);
  });
  const world = await startInternet(options);
  internet = world;
  served = await serveClouds(clouds, (name) => world.world(name));
  return {
    pid: process.pid,
    roots: world.roots,
    resolver: world.resolver,
    port: world.port,
    provider: { port: served.port, packages: wanted },
    config: Object.assign({}, ...clouds.map((cloud) => cloud.config)),
  };
}

async function call({ id, cloud, accounts, method, args }: CallMessage): Promise<ReturnMessage> {
  try {
    if (!internet) throw new Error("the loopback internet has not started");
    const target = accounts ? served?.accounts : cloud === undefined ? internet : internet.world(cloud);
    const wanted = (target as unknown as Record<string, unknown>)[method];
    if (typeof wanted !== "function") throw new Error(`the loopback internet has no ${method}`);
    return { id, value: await wanted.apply(target, args) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

async function end(): Promise<void> {
  served?.close();
  await internet?.stop();
  process.exit(0);
}

function send(message: unknown): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

process.on("message", (message: StartMessage | CallMessage) => {
  if ("start" in message) {
    start(message.start).then(
      (ready) => send({ ready }),
      (error: Error) => send({ failed: error.message }),
    );
  } else if (message.method === "stop") {
    end();
  } else {
    call(message).then(send);
  }
});

// The starter is gone, however it went.
process.on("disconnect", () => process.exit(0));
// Ctrl-C in a terminal reaches every process there. The starter may still need this one to tidy up.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
