/** Default PTR names of hosts and networks of which this package knows nothing else; a provider's own stand in its facts. */
import type { DefaultNames } from "./provider";

export const otherDefaultNames: readonly DefaultNames[] = [
  {
    title: "IBM Cloud",
    names: [
      { domain: "reverse.softlayer.com", source: "seen in reverse DNS" },
      { domain: "sl-reverse.com", source: "seen in reverse DNS" },
    ],
  },
  {
    title: "Huawei Cloud",
    names: [{ domain: "compute.hwclouds-dns.com", source: "seen in reverse DNS" }],
  },
  {
    title: "Strato",
    names: [{ domain: "stratoserver.net", source: "seen in reverse DNS" }],
  },
  {
    title: "Sakura",
    names: [{ domain: "vs.sakura.ne.jp", source: "seen in reverse DNS" }],
  },
  {
    title: "ConoHa",
    names: [{ domain: "static.cnode.io", source: "seen in reverse DNS" }],
  },
  {
    title: "DreamHost",
    names: [{ domain: "dreamhostps.com", source: "seen in reverse DNS" }],
  },
  {
    title: "VNPT",
    names: [
      { domain: "static.vnpt.vn", source: "OpenSSH log of Loghub (github.com/logpai/loghub)" },
      { domain: "static.vdc.vn", source: "seen in reverse DNS" },
    ],
  },
  {
    title: "Viettel",
    names: [{ domain: "adsl.viettel.vn", source: "github.com/stevejenkins/hardwarefreak.com-fqrdns.pcre" }],
  },
  {
    title: "EUserv",
    names: [{ domain: "serverprofi24.net", labels: /^euve\d+$/, source: "seen in reverse DNS" }],
  },
  {
    title: "Reg.ru",
    names: [{ domain: "regruhosting.ru", source: "seen in reverse DNS" }],
  },
];
