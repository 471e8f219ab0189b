/** Any DNS host that nothing here can write to: says what to enter, and whatever needs the record waits for it. */
import * as pulumi from "@pulumi/pulumi";
import { nearest } from "../../fcrdns/names/nearest";
import type { Problem } from "../cloud";
import type { DnsHostConfigOf } from "../config-schema";
import type { DnsHost, RecordSet, RecordType } from "../dns-host";
import { forwardIsThere, printUnlessThere } from "../internal/entered-by-hand";
import { quotedCharacterStrings } from "../internal/records/character-strings";
import { mailExchanger, presentation } from "../internal/records/mail-exchanger";
import { canonicalZone, relativeName, validateRecord } from "../internal/records/zone";
import { dnsCapabilities, type dnsConfigKeys } from "./facts";
import { type ManualPanel, type ManualPanelName, manualPanels } from "./panels";

export interface ManualArgs {
  /** The zone's name in the panel, for example `example.com`. */
  readonly zone: string;
  /** Whose panel it is: `namecheap`, `godaddy`, ... or a description of your own. @default "other" */
  readonly panel?: ManualPanelName | ManualPanel;
}

/**
 * Records that people enter. They are no resources: nothing of them is in the stack's state, and nobody deletes them but
 * you.
 * @example
 * manual({ zone: "example.com", panel: "namecheap" });
 */
export function manual(args: ManualArgs): DnsHost {
  const zone = canonicalZone(args.zone);
  const panel = panelOf(args.panel);
  const own = { ...dnsCapabilities, ...(panel && { title: panel.title, types: panel.types }) };
  return {
    name: "manual",
    zone,
    capabilities: own,
    validate: (record) => [...validatePanel(args.panel, panel), ...validateRecord(zone, own, record)],
    publish: (_name, record, options) => {
      const values = pulumi.all(record.values.map((value) => presentation(record, value)));
      const steps = values.apply((known) => instructions(panel ?? manualPanels.other, zone, record, known));
      const look = values.apply((known) => () => isThere(record, known));
      printUnlessThere(options.parent, steps, look);
      return { published: "manual", instructions: steps };
    },
  } satisfies DnsHost;
}

/**
 * What to enter, one line per field, one block per value.
 * @param values of the record, as {@link RecordSet} describes them
 */
export function instructions(
  panel: ManualPanel,
  zone: string,
  record: Pick<RecordSet, "owner" | "type" | "ttl">,
  values: readonly string[],
): string {
  const path = record.type === "MX" && panel.mxPath !== undefined ? panel.mxPath : panel.path;
  const all = values.join(" and ");
  const lines = [`Enter at ${panel.title}, in the zone ${zone}: ${record.owner} ${record.type} ${all}`, `  ${path}`];
  for (const value of values) {
    const rows = fieldsOf(panel, zone, record, value);
    const width = Math.max(...rows.map(([label]) => label.length));
    lines.push(...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`));
    if (value !== values.at(-1)) {
      lines.push("and");
    }
  }
  if (panel.mind !== undefined) {
    lines.push(panel.mind);
  }
  return lines.join("\n");
}

function fieldsOf(
  panel: ManualPanel,
  zone: string,
  { owner, type, ttl }: Pick<RecordSet, "owner" | "type" | "ttl">,
  value: string,
): [string, string][] {
  const { fields } = panel;
  const mx = type === "MX" ? mailExchanger(value) : undefined;
  const name = panel.names === "absolute" ? `${owner}.` : relativeName(owner, zone, panel.apex);
  return [
    [fields.type, panel.typeNames?.[type] ?? type],
    [fields.name, name],
    [fields.value, asEntered(panel, type, mx?.exchange ?? value)],
    ...(mx === undefined ? [] : [[fields.priority, String(mx.preference)] satisfies [string, string]]),
    [fields.ttl, ttl === undefined ? panel.usualTtl : String(ttl)],
  ];
}

function asEntered(panel: ManualPanel, type: RecordType, value: string): string {
  const isName = type === "MX" || type === "PTR" || type === "CNAME";
  if (isName && panel.finalDot) {
    return `${value}.`;
  }
  return type === "TXT" && panel.quotesText ? quotedCharacterStrings(value) : value;
}

/** Other types than addresses are printed each time: what is at their names is other people's too. */
async function isThere({ owner, type }: RecordSet, values: readonly string[]): Promise<boolean> {
  return (type === "A" || type === "AAAA") && forwardIsThere(owner, values);
}

function panelOf(given: ManualArgs["panel"]): ManualPanel | undefined {
  if (typeof given === "object") {
    return given;
  }
  const known: Readonly<Record<string, ManualPanel>> = manualPanels;
  return Object.hasOwn(known, given ?? "other") ? known[given ?? "other"] : undefined;
}

function validatePanel(given: ManualArgs["panel"], panel: ManualPanel | undefined): Problem[] {
  if (panel !== undefined || typeof given !== "string") {
    return [];
  }
  const names = Object.keys(manualPanels);
  const meant = nearest(given, names);
  return [
    {
      argument: "dns.panel",
      message: `there is no panel named ${JSON.stringify(given)} (there are ${names.join(", ")})`,
      fix: meant === undefined ? "leave it out, or describe the panel yourself as an object" : `write "${meant}"`,
    },
  ];
}

/** The DNS host as the stack's config describes it. */
export function fromConfig(config: DnsHostConfigOf<typeof dnsConfigKeys>): DnsHost {
  const panel = config.text("panel");
  // A word that is no panel is refused with the others' names.
  return manual({ zone: config.text("zone") ?? "", ...(panel !== undefined && { panel: panel as ManualPanelName }) });
}
