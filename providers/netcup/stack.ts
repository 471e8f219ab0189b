/** What netcup resources mean in anybody's stack. */
import type { StackFacts } from "../stack-facts";

export const stack: StackFacts = {
  resources: { "netcup:index/scpRdns:ScpRdns": { ptr: { hostname: "rdns", address: "ip" } } },
  sources: [{ source: "github.com/rixlhq/terraform-provider-netcup", date: "2026-11-21" }],
};
