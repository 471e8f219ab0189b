import { textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const ovhReverseValue = rule({
  name: "fcrdns-ovh-reverse-value",
  requirement: "An OVHcloud PTR is written the way OVHcloud gives it back.",
  severity: "low",
  level: "advisory",
  cause: "ReverseValue has capital letters, no final dot or more than 63 characters.",
  explanation:
    "OVHcloud refuses the long ones and answers with lower case and a final dot, so that anything else is replaced at every update; in between there is no PTR.",
  fix: 'Write `ReverseValue: "mail.example.com."`.',
  source: "https://help.ovhcloud.com/csm/en-dns-reverse (2025-12)",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("ovh:Ip/reverse:Reverse").flatMap((reverse) => {
      const value = textAt(reverse.properties, "ReverseValue");
      if (value === undefined) return [];
      const wrong = [
        value !== value.toLowerCase() && "has capital letters",
        !value.endsWith(".") && "lacks the final dot",
        value.replace(/\.$/, "").length > 63 && "is longer than 63 characters",
      ].filter((each) => each !== false);
      return wrong.length === 0
        ? []
        : [
            {
              urn: reverse.urn,
              ip: textAt(reverse.properties, "ReverseIp") ?? null,
              message: `${displayName(reverse)} has a value that ${wrong.join(" and ")}.`,
            },
          ];
    }),
});
