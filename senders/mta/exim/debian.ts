/**
 * Debian's configuration of Exim: parts under `conf.d`, macros that the administrator sets, and answers to debconf.
 * Source: update-exim4.conf(8) and `/etc/exim4/conf.d` of Debian exim4-config 4.96-15+deb12u10, read 2026-11-22.
 */
import type { ConfigurationFile } from "../mail-server";
import type { Line } from "./lines";

/** As update-exim4.conf puts them together. */
const PARTS = ["main", "acl", "router", "transport", "retry", "rewrite", "auth"];

/** The files in the order that Exim reads them, whatever order a shell gave them in. */
export function debianFiles(files: readonly ConfigurationFile[]): ConfigurationFile[] {
  const rank = ({ name }: ConfigurationFile): number => {
    if (/update-exim4\.conf\.conf$/.test(name)) return -2;
    if (/localmacros$/.test(name)) return -1;
    const part = /conf\.d\/(\w+)\/[^/]+$/.exec(name)?.[1];
    return part === undefined ? 0 : 1 + PARTS.indexOf(part);
  };
  const inPart = (file: ConfigurationFile): string => (rank(file) > 0 ? file.name : "");
  return files
    .map((file) => (rank(file) === -2 ? { ...file, text: macrosOfAnswers(file.text) } : file))
    .sort((a, b) => rank(a) - rank(b) || (inPart(a) < inPart(b) ? -1 : inPart(a) > inPart(b) ? 1 : 0));
}

/** `dc_eximconfig_configtype='internet'` defines `DCconfig_internet`; lines stay where they are. */
function macrosOfAnswers(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const [, name, value = ""] = /^dc_(\w+)='([^']*)'/.exec(line) ?? [];
      if (name === "eximconfig_configtype") return `DCconfig_${value} = 1`;
      return name === "smarthost" && value !== "" ? `DCsmarthost = ${value}` : "";
    })
    .join("\n");
}

/** Macros of Debian's transport `remote_smtp`, and the options that they set. */
const MACROS: readonly (readonly [macro: string, option: string])[] = [
  ["REMOTE_SMTP_INTERFACE", "interface"],
  ["REMOTE_SMTP_HELO_DATA", "helo_data"],
];

/** Where only the macros were given: what Debian's own files make of them. */
export function debianTransport(macros: ReadonlyMap<string, string>, files: readonly ConfigurationFile[]): Line[] {
  const file = files.find(({ name }) => /localmacros$/.test(name)) ?? files[0];
  if (file === undefined || !MACROS.some(([macro]) => macros.has(macro))) return [];
  const placeOf = (macro: string) => ({
    file: file.name,
    line: file.text.split("\n").findIndex((line) => line.trimStart().startsWith(macro)) + 1,
  });
  const primary = macros.get("MAIN_HARDCODE_PRIMARY_HOSTNAME");
  const start = placeOf(MACROS.find(([macro]) => macros.has(macro))?.[0] ?? "");
  return [
    ...(primary === undefined
      ? []
      : [{ text: `primary_hostname = ${primary}`, place: placeOf("MAIN_HARDCODE_PRIMARY_HOSTNAME") }]),
    { text: "begin transports", place: start },
    { text: "remote_smtp:", place: start },
    { text: "driver = smtp", place: start },
    ...MACROS.flatMap(([macro, option]) => {
      const value = macros.get(macro);
      return value === undefined ? [] : [{ text: `${option} = ${value}`, place: placeOf(macro) }];
    }),
  ];
}
