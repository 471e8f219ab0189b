/** An MX value in its two parts (RFC 1035 section 3.3.9): `10 mail.example.com`. */

export interface MailExchanger {
  readonly preference: number;
  /** No final dot. */
  readonly exchange: string;
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
