import { forTerminal } from "../../fcrdns/report/escape";
import { resourceName, textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const ionosName = rule({
  name: "fcrdns-ionos-name",
  requirement: "An IONOS reverse record says which name it sets.",
  severity: "high",
  level: "mandatory",
  cause: "The reverse record has no `name`, so Pulumi made one up, and that became the PTR.",
  explanation: "In most resources a made-up name is harmless; here the name is the PTR itself.",
  fix: 'Set `name: "mail.example.com"` on the reverse record.',
  source: "pulumi-ionoscloud v0.3, resource dns.ReverseRecord",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("ionoscloud:dns/reverseRecord:ReverseRecord").flatMap((record) => {
      const name = textAt(record.properties, "name");
      return name?.startsWith(`${resourceName(record)}-`) && /-[0-9a-f]{7}$/.test(name)
        ? [
            {
              urn: record.urn,
              ip: textAt(record.properties, "ip") ?? null,
              message: `${displayName(record)} sets the PTR "${forTerminal(name.slice(0, 200))}", a name that Pulumi made up.`,
            },
          ]
        : [];
    }),
});
