/** What is known of a mail server's configuration: one folder for each server, one line in `mail-servers.ts`. */
import type { FoundSenders } from "../sender";

export type MailServerName =
  | "postfix"
  | "powermta"
  | "kumomta"
  | "exim"
  | "haraka"
  | "postal"
  | "stalwart"
  | "opensmtpd";

export interface ConfigurationFile {
  /** As it was given or named by an `include`; `-` is standard input. */
  readonly name: string;
  readonly text: string;
}

/**
 * Opens a file that another one includes.
 * @param path as it is written there; a pattern (`*.conf`) may open several
 * @param from the name of the file that includes it, which a relative path begins at
 * @returns the files, or why there are none, in words that follow the path
 */
export type OpenIncluded = (
  path: string,
  from: string,
) => Promise<
  { readonly ok: true; readonly files: readonly ConfigurationFile[] } | { readonly ok: false; readonly why: string }
>;

/** How the configuration of one server is read. */
export interface MailServer {
  readonly name: MailServerName;
  /** As its makers write it. */
  readonly title: string;
  /** Where its configuration is documented. */
  readonly source: string;
  /** Whether this is a file of that server: by its name alone, by its content, or not at all. */
  recognises(file: ConfigurationFile): "by-name" | "by-content" | "no";
  /**
   * The addresses that mail leaves by and the names that the server says there. What the files alone cannot tell is left
   * out with the reason, never guessed.
   * @param files of one server, in the order given
   */
  read(files: readonly ConfigurationFile[], open: OpenIncluded): Promise<FoundSenders>;
}
