/** DNS panels in which people type records: what each calls its fields, and how it wants the values. Data only. */
import type { RecordType } from "../dns-host";

export interface ManualPanel {
  /** As people write it. */
  readonly title: string;
  /** The way to the form, from the panel's first page. */
  readonly path: string;
  /** The way for MX records where it is another one. */
  readonly mxPath?: string;
  /** The panel's own words for its fields. */
  readonly fields: {
    readonly type: string;
    readonly name: string;
    readonly value: string;
    readonly ttl: string;
    readonly priority: string;
  };
  /** How it names types, where not by their own names. */
  readonly typeNames?: Partial<Record<RecordType, string>>;
  /** `relative`: inside the zone, the zone itself as `apex`. `absolute`: the full name. */
  readonly names: "relative" | "absolute";
  /** The zone itself, in the name field. */
  readonly apex: string;
  /** Host names as values end in a dot. */
  readonly finalDot: boolean;
  /** Text is entered in quotes. */
  readonly quotesText: boolean;
  /** What to enter as TTL when none was asked for. */
  readonly usualTtl: string;
  /** Types that its form has. */
  readonly types: readonly RecordType[];
  /** What people trip over. */
  readonly mind?: string;
}

const withoutPtr = ["A", "AAAA", "CNAME", "MX", "TXT"] as const;
const plain = { names: "relative", apex: "@", finalDot: false, quotesText: false, types: withoutPtr } as const;

/** One row a panel; a further one is one more row. */
export const manualPanels = {
  namecheap: {
    ...plain,
    title: "Namecheap",
    path: "Domain List > Manage > Advanced DNS > Host Records > Add New Record",
    mxPath: "Domain List > Manage > Advanced DNS > Mail Settings > Custom MX > Add New Record",
    fields: { type: "Type", name: "Host", value: "Value", ttl: "TTL", priority: "Priority" },
    typeNames: {
      A: "A Record",
      AAAA: "AAAA Record",
      CNAME: "CNAME Record",
      MX: "MX Record",
      TXT: "TXT Record",
    },
    usualTtl: "Automatic",
    mind: "Enter only the part before the domain as Host; Namecheap adds the domain.",
  },
  godaddy: {
    ...plain,
    title: "GoDaddy",
    path: "Domain Portfolio > the domain > DNS > DNS Records > Add New Record",
    fields: { type: "Type", name: "Name", value: "Value", ttl: "TTL", priority: "Priority" },
    usualTtl: "1 Hour",
    mind: "Enter only the part before the domain as Name; GoDaddy adds the domain.",
  },
  porkbun: {
    ...plain,
    title: "Porkbun",
    path: "Domain Management > the domain > DNS > Manage DNS Records",
    fields: { type: "Type", name: "Host", value: "Answer", ttl: "TTL", priority: "Priority" },
    apex: "(leave empty)",
    usualTtl: "600",
    mind: "Delete the parking records (ALIAS, CNAME *) that Porkbun made for the same name.",
  },
  hostinger: {
    ...plain,
    title: "Hostinger",
    path: "hPanel > Domains > the domain > DNS / Nameservers > DNS records",
    fields: { type: "Type", name: "Name", value: "Points to", ttl: "TTL", priority: "Priority" },
    usualTtl: "14400",
  },
  cpanel: {
    ...plain,
    title: "cPanel",
    path: "Domains > Zone Editor > Manage > Add Record",
    fields: { type: "Type", name: "Name", value: "Record", ttl: "TTL", priority: "Priority" },
    names: "absolute",
    usualTtl: "14400",
    mind: "cPanel wants the full name with its final dot and adds the dot itself if it is missing.",
  },
  other: {
    ...plain,
    title: "your DNS host",
    path: "the records of the zone",
    fields: { type: "Type", name: "Name", value: "Value", ttl: "TTL", priority: "Priority" },
    usualTtl: "3600",
    types: [...withoutPtr, "PTR"],
  },
} as const satisfies Readonly<Record<string, ManualPanel>>;

export type ManualPanelName = keyof typeof manualPanels;
