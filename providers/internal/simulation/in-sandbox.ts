/** What it takes to run the program with a provider in the sandbox, beside its simulated plugin. */

export interface InSandbox {
  /** Keys of stack config without which the cloud cannot run there. @default none */
  readonly cloudConfig?: Readonly<Record<string, string>>;
  /** Keys of stack config without which the DNS host cannot run there. @default none */
  readonly dnsConfig?: Readonly<Record<string, string>>;
  /** What people do themselves where no API does it: before the engine runs, or while the program waits. @default nothing */
  readonly people?: (internet: PeoplesInternet, hostname: string) => Promise<void>;
}

/** What people can do to the loopback internet. */
export interface PeoplesInternet {
  addForwardZone(origin: string): Promise<void>;
  setRecords(owner: string, type: string, values: readonly string[]): Promise<void>;
  setPtr(address: string, hostname: string | null): Promise<void>;
  /** What happened, one line each: `allocate 192.0.2.1`. */
  journal(): Promise<readonly string[]>;
}

const A_WHILE_MS = 4_000;

/** Somebody reads what the run printed and takes their time. */
export function later(deed: () => Promise<unknown>): void {
  setTimeout(() => void deed().catch(() => undefined), A_WHILE_MS).unref();
}

/** Somebody looks at the screen now and then and does what it says; until the internet is gone. */
export function nowAndThen(deed: () => Promise<unknown>): void {
  const looking = setInterval(() => void deed().catch(() => clearInterval(looking)), A_WHILE_MS);
  looking.unref();
}
