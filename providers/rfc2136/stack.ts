/** Records of any zone that takes dynamic updates (RFC 2136): the package `dns`. */
import type { StackFacts } from "../stack-facts";

const lateDelete = "removes the record set of that name";

export const stack: StackFacts = {
  resources: {
    "dns:index/aRecordSet:ARecordSet": { records: { type: "A", values: ["addresses"] }, lateDelete },
    "dns:index/aaaaRecordSet:AaaaRecordSet": { records: { type: "AAAA", values: ["addresses"] }, lateDelete },
    "dns:index/cnameRecord:CnameRecord": { records: { type: "CNAME", values: ["cname"] } },
    "dns:index/mxRecordSet:MxRecordSet": {
      records: { type: "MX", values: ["mx[].exchange", "mxes[].exchange"] },
    },
    "dns:index/ptrRecord:PtrRecord": { records: { type: "PTR", values: ["ptr"] }, lateDelete },
    "dns:index/txtRecordSet:TxtRecordSet": { records: { type: "TXT", values: ["txts", "txt"] } },
  },
  sources: [{ source: "terraform-provider-dns", date: "2026-11-21" }],
};
