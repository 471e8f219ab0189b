/** Values as a zone file has them (RFC 1035 section 5.1), for the DNS hosts whose API takes them so. */
import type * as pulumi from "@pulumi/pulumi";
import type { RecordSet, RecordType } from "../../dns-host";
import { quotedCharacterStrings } from "./character-strings";
import { mailExchanger, presentation } from "./mail-exchanger";

/** All values of a record set. */
export function zoneFileValues(record: RecordSet): pulumi.Output<string>[] {
  return record.values.map((value) => zoneFileValue(record, value));
}

/** One value of a record set. */
export function zoneFileValue(record: RecordSet, value: pulumi.Input<string>): pulumi.Output<string> {
  return presentation(record, value).apply((text) => inZoneFile(record.type, text));
}

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
