/** Default PTR names of hosts and networks of which this package knows nothing else; a provider's own stand in its facts. */
import type { DefaultNames } from "./provider";

const vuldb = "IP tables of github.com/vuldb/cyber_threat_intelligence, 2026-11";
const received = "Received lines of github.com/rf-peixoto/phishing_pot, 2026-11";

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
    names: [
      { domain: "stratoserver.net", source: "seen in reverse DNS" },
      {
        domain: "serverkompetenz.net",
        labels: /^h\d{4,7}$/,
        source: "github.com/stevejenkins/hardwarefreak.com-fqrdns.pcre",
      },
    ],
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
  {
    title: "InMotion Hosting",
    names: [
      { domain: "inmotionhosting.com", labels: /^vps\d+$/, source: received },
      { domain: "servconfig.com", labels: /^vps\d+$/, source: received },
    ],
  },
  {
    title: "Keyweb",
    names: [
      {
        domain: "keymachine.de",
        labels: /^(?:ns\d?\.)?km\d+(?:-\d+)?$/,
        source: "Received lines of kernel.org lists, 2003-2012",
      },
    ],
  },
  {
    title: "PQ.Hosting",
    names: [
      { domain: "pq.hosting", labels: /^vm\d+$/, source: vuldb },
      { domain: "stark-industries.solutions", labels: /^vm\d+$/, source: vuldb },
    ],
  },
  {
    title: "Fornex",
    names: [{ domain: "fornex.cloud", labels: /^\d+$/, source: vuldb }],
  },
  {
    title: "FastVPS",
    names: [
      // The address in hexadecimal.
      { domain: "fastvps-server.com", labels: /^s[0-9a-f]{8}$/, source: "Received lines of kernel.org lists" },
    ],
  },
  {
    title: "FirstByte",
    names: [
      { domain: "firstbyte.club", labels: /^vm\d+$/, source: vuldb },
      { domain: "had.wf", labels: /^vm\d+\./, source: vuldb },
    ],
  },
  {
    title: "VDSina",
    names: [
      { domain: "hosted-by-vdsina.com", source: vuldb },
      { domain: "hosted-by-vdsina.ru", source: vuldb },
    ],
  },
  {
    title: "ITLDC",
    names: [{ domain: "hosted-by-itldc.com", source: vuldb }],
  },
  {
    title: "ZAP-Hosting",
    names: [
      { domain: "zap-srv.com", labels: /^[a-z]+-zap\d+-\d+$/, source: vuldb },
      { domain: "zap.cloud", labels: /^[a-z]+-[a-z]+-\d{5}$/, source: vuldb },
    ],
  },
  {
    title: "Timeweb",
    names: [{ domain: "timeweb.ru", labels: /^vds-[a-z]{0,2}\d+$/, source: vuldb }],
  },
];
