/** Providers that ask again by themselves while their cloud refuses: here the minutes pass as milliseconds. */

const UNITS = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;
/** One minute of a provider's patience lasts this long here. */
const MILLISECONDS_PER_MINUTE = 200;
const PAUSE_MILLISECONDS = 25;

/**
 * Asks until there is no refusal or patience is over.
 * @param refusal what the cloud says, undefined when it agrees
 * @param patience a duration as Go writes it (`15m`); undefined asks once
 * @returns the last refusal, undefined when the cloud agreed
 */
export async function retried(
  refusal: () => string | undefined,
  patience: string | undefined,
): Promise<string | undefined> {
  const until = Date.now() + (patience === undefined ? 0 : (seconds(patience) / 60) * MILLISECONDS_PER_MINUTE);
  for (;;) {
    const why = refusal();
    if (why === undefined || Date.now() >= until) {
      return why;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

function seconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit as keyof typeof UNITS], 0);
}
