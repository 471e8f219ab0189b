import { forTerminal } from "../../fcrdns/report/escape";
import { textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const vultrExpandedIpv6 = rule({
  name: "fcrdns-vultr-expanded-ipv6",
  requirement: "A Vultr IPv6 PTR names its address in full.",
  severity: "low",
  level: "advisory",
  cause: "vultr.ReverseIpv6 has an abbreviated address (2001:db8::1).",
  explanation:
    "The provider compares the text with the API's, which is fully written out, and recreates the PTR at every update; in between there is none.",
  fix: "Write all eight groups of four digits: 2001:0db8:0000:0000:0000:0000:0000:0001.",
  source: "https://github.com/vultr/terraform-provider-vultr/pull/729",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("vultr:index/reverseIpv6:ReverseIpv6").flatMap((reverse) => {
      const ip = textAt(reverse.properties, "ip");
      return ip === undefined || /^([0-9a-f]{4}:){7}[0-9a-f]{4}$/i.test(ip)
        ? []
        : [
            {
              urn: reverse.urn,
              ip,
              message: `${displayName(reverse)} abbreviates its address (${forTerminal(ip.slice(0, 80))}).`,
            },
          ];
    }),
});
