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
  order: 100,
  cause: "A record of a sending host name or mail exchanger is proxied by its DNS host.",
  explanation:
    "The DNS host then answers with its own web addresses: the round trip fails, and no mail arrives, because the proxy does not forward SMTP.",
  fix: "Set `proxied: false` on the record.",
  source: [...sources].join("; "),
  preview: "yes",
  check({ stack }) {
    const names = new Set([
      ...stack.sending.map(({ hostname }) => hostname),
      ...stack.records.exchangers.map(({ exchange }) => exchange),
    ]);
    // The records of a name in a zone that is only an id are found by its exchanger, which is local too.
    const found = [...names].flatMap((name) =>
      name === null
        ? []
        : [...stack.recordsOf(name), ...stack.records.aliasesAt(name)].map((record) => ({ name, record })),
    );
    return found
      .filter(({ record }) => record.proxied)
      .map(({ name, record }) => ({
        urn: record.urn,
        ...("ip" in record && { ip: record.ip }),
        message: `${shownName(name)} is a mail host, but ${displayName(record)} is proxied.`,
      }));
  },
});
