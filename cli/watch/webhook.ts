/**
 * Tells a webhook of changes, in the JSON of Slack's incoming webhooks, which others take too. One that is down costs
 * nothing but a line on stderr: the messages wait and are sent again with the next pass.
 */

import type { Environment } from "../environment";
import { asciiJson, forLog } from "../formats/escape";

/** Messages that wait at most; older ones are dropped first. */
const MAX_WAITING = 100;
const TIMEOUT_MS = 10_000;

export class Webhook {
  #failures = 0;
  readonly #waiting: string[] = [];
  #sending: Promise<void> = Promise.resolve();

  /** @param url is the webhook's password as well: it is never printed */
  public constructor(
    private readonly url: string,
    private readonly environment: Pick<Environment, "postJson" | "stderr">,
  ) {}

  public get failures(): number {
    return this.#failures;
  }

  /** Takes the message and returns at once. */
  public tell(text: string): void {
    this.#waiting.push(text);
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
  }

  /** Begins to send what waits, in order, one after the other. Resolves when that has ended, well or not. */
  public flush(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#send());
    return this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const end = await this.environment.postJson(this.url, messageFor(this.#waiting[0] as string), TIMEOUT_MS);
      if (!end.ok) {
        this.#failures++;
        const count = this.#waiting.length;
        const what = count === 1 ? "the message waits" : `${count} messages wait`;
        await this.environment.stderr.write(
          `fcrdns: the webhook did not take it (${forLog(end.why)}); ${what} for the next pass\n`,
        );
        return;
      }
      this.#waiting.shift();
    }
  }
}

/** Slack makes links, mentions and commands of `<...>` (https://docs.slack.dev/messaging/formatting-message-text). */
function messageFor(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return asciiJson({ text: text.replace(/[&<>]/g, (character) => entities[character] as string) });
}
