/**
 * Reports changes to a webhook, in the JSON of Slack's incoming webhooks, which other services accept too. If it is down,
 * a line goes to stderr, and the messages are sent again after the next pass.
 */

import type { Environment } from "../environment";
import { asciiJson, forLog } from "../formats/escape";

/** Messages that are kept at most; the oldest are dropped first. */
const MAX_WAITING = 100;
const TIMEOUT_MS = 10_000;

export class Webhook {
  #failures = 0;
  readonly #queue: string[] = [];
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
  public add(text: string): void {
    this.#queue.push(text);
    if (this.#queue.length > MAX_WAITING) this.#queue.shift();
  }

  /** Starts to send the queued messages in order. Resolves when that has ended, successfully or not. */
  public flush(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#send());
    return this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#queue.length > 0) {
      const end = await this.environment.postJson(this.url, messageFor(this.#queue[0] as string), TIMEOUT_MS);
      if (!end.ok) {
        this.#failures++;
        const count = this.#queue.length;
        const what = count === 1 ? "the message is" : `${count} messages are`;
        await this.environment.stderr.write(
          `fcrdns: the webhook failed (${forLog(end.why)}); ${what} sent again after the next pass\n`,
        );
        return;
      }
      this.#queue.shift();
    }
  }
}

/** Slack makes links, mentions and commands of `<...>` (https://docs.slack.dev/messaging/formatting-message-text). */
function messageFor(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return asciiJson({ text: text.replace(/[&<>]/g, (character) => entities[character] as string) });
}
