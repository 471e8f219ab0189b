/** Values as a zone file has them (RFC 1035 section 5.1), for the DNS hosts whose API takes them so. */
import type { RecordType } from "../../dns-host";
import { quotedCharacterStrings } from "./character-strings";
import { mailExchanger } from "./mail-exchanger";

/** Text quoted, host names with their final dot: without it, a name is one inside the zone. */
export function inZoneFile(type: RecordType, value: string): string {
  return type === "TXT" ? quotedCharacterStrings(value) : withFinalDot(type, value);
}

/** Host names with their final dot, all else as it is. */
export function withFinalDot(type: RecordType, value: string): string {
  switch (type) {
    case "MX": {
      const { preference, exchange } = mailExchanger(value);
      return `${preference} ${exchange}.`;
    }
    case "PTR":
    case "CNAME":
      return `${value}.`;
    default:
      return value;
  }
}
