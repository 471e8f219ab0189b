/** An MX value in its two parts (RFC 1035 section 3.3.9): `10 mail.example.com`. */
import * as pulumi from "@pulumi/pulumi";
import type { RecordSet } from "../../dns-host";

export interface MailExchanger {
  readonly preference: number;
  /** No final dot. */
  readonly exchange: string;
}

/** The parts as inputs of a resource: what is known before the program runs stays a plain value. */
export interface MailExchangerInputs {
  readonly preference: pulumi.Input<number>;
  readonly exchange: pulumi.Input<string>;
}

/**
 * Reads `10 mail.example.com`.
 * @throws RangeError when it is not a preference and a name
 */
export function mailExchanger(value: string): MailExchanger {
  const [, preference, exchange] = /^\s*(\d{1,5})\s+(\S+?)\.?\s*$/.exec(value) ?? [];
  if (preference === undefined || exchange === undefined || Number(preference) > 65535) {
    throw new RangeError(`${JSON.stringify(value)} is not an MX value such as "10 mail.example.com"`);
  }
  return { preference: Number(preference), exchange };
}

/**
 * One value of an MX record set in its two parts. The preference is plain wherever it can be, because an unknown one is
 * refused in previews.
 */
export function mailExchangerInputs(
  { preference }: Pick<RecordSet, "preference">,
  value: pulumi.Input<string>,
): MailExchangerInputs {
  if (preference !== undefined) {
    return { preference, exchange: value };
  }
  if (typeof value === "string") {
    return mailExchanger(value);
  }
  const parts = pulumi.output(value).apply(mailExchanger);
  return { preference: parts.preference, exchange: parts.exchange };
}

/** One value as in a zone file, host names without final dot: `10 mail.example.com`. */
export function presentation(
  { type, preference }: Pick<RecordSet, "type" | "preference">,
  value: pulumi.Input<string>,
): pulumi.Output<string> {
  return type === "MX" && preference !== undefined ? pulumi.interpolate`${preference} ${value}` : pulumi.output(value);
}
