/** A look in DNS before a record set is made where the host's provider would overwrite one that is there, of whomever. */
import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { QuestionType } from "../../../fcrdns/evidence";
import { lookUpRecords } from "../../../fcrdns/look-up-records";
import type { DnsSettings } from "../../../fcrdns/settings";
import type { DnsHost, RecordSet } from "../../dns-host";
import { asksDns } from "../asks-dns";
import { dnsSettings } from "../dns-settings";
import { UserError } from "../user-error";
import { existingText } from "./existing-record";

/** Refuses what exists already; nothing at hosts that refuse it themselves, and where the program runs against mocks. */
export function notOverwriting(
  name: string,
  dns: Pick<DnsHost, "zone" | "capabilities">,
  { owner, type }: Pick<RecordSet, "owner" | "type">,
): pulumi.ResourceHookBinding {
  if (dns.capabilities.records?.sameRecord !== "overwritten" || !asksDns() || type === "CNAME") {
    return {};
  }
  const settings = dnsSettings();
  // The engine calls back from outside of the program.
  const look = AsyncResource.bind(async () => {
    const seen = await lookUpRecords(owner, type, settings);
    if (!seen.known) {
      throw new UserError(
        `${owner} ${type} could not be looked up, and ${dns.capabilities.title} would overwrite an existing record: it was not published.\n  found     ${seen.why}\n  fix       run pulumi up again when the zone's name servers answer.`,
      );
    }
    if (seen.values.length > 0 && !(await isWildcard(owner, dns.zone, type, seen.values, settings))) {
      throw new UserError(existingText(name, dns, { owner, type }));
    }
  });
  return { beforeCreate: [new pulumi.ResourceHook(`fcrdns-not-overwriting:${name}`, () => look())] };
}

/** Whether a name that nobody has shows the same: then it is a wildcard's answer, which a record of one's own does not touch. */
async function isWildcard(
  owner: string,
  zone: string,
  type: QuestionType,
  values: readonly string[],
  settings: DnsSettings,
): Promise<boolean> {
  if (owner === zone) {
    return false;
  }
  const sibling = owner.replace(/^[^.]*/, "fcrdns-no-such-name");
  const shown = await lookUpRecords(sibling, type, settings);
  return shown.known && shown.values.toSorted().join("\n") === values.toSorted().join("\n");
}
