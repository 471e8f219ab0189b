import { ownerOf } from "../../providers/internal/stack/forward-records";
import { knownResources } from "../../providers/internal/stack/known-resources";
import { shownName } from "../../providers/internal/stack/zone-names";
import { rule } from "../rule";
import { displayName } from "../stack-view";

const sources = new Set(
  knownResources.flatMap(({ facts }) => [facts.records ?? []].flat().flatMap(({ proxied }) => proxied?.source ?? [])),
);

export const notProxied = rule({
  name: "fcrdns-not-proxied",
  requirement: "The name of a mail host is not proxied.",
  severity: "high",
  level: "mandatory",
  cause: "A record of a sending host name or mail exchanger is proxied by its DNS host.",
  explanation:
    "The DNS host then answers with its own web addresses: the round trip fails, and no mail arrives, because the proxy carries no SMTP.",
  fix: "Set `proxied: false` on the record.",
  source: [...sources].join("; "),
  preview: "yes",
  check({ stack }) {
    const names = new Set([
      ...stack.sending.map(({ hostname }) => hostname),
      ...stack.records.exchangers.map(({ exchange }) => exchange),
    ]);
    return [...stack.records.addresses, ...stack.records.aliases].flatMap((record) => {
      const owner = ownerOf(record);
      return record.proxied && owner !== null && names.has(owner)
        ? [
            {
              urn: record.urn,
              ...("ip" in record && { ip: record.ip }),
              message: `${shownName(owner)} is a mail host, but ${displayName(record)} is proxied.`,
            },
          ]
        : [];
    });
  },
});
