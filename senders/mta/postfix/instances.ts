/** Which files belong to one instance of Postfix: those of one folder. */
import type { ConfigurationFile } from "../mail-server";
import { logicalLines } from "./logical-lines";
import { isEntry } from "./master-cf";

export interface Instance {
  /** As it was given; "" is the current one. */
  readonly folder: string;
  /** `main.cf`; in several files the last setting of a parameter counts. */
  readonly main: readonly ConfigurationFile[];
  readonly master: readonly ConfigurationFile[];
}

export function instancesOf(files: readonly ConfigurationFile[]): Instance[] {
  const main = files.filter((file) => !isMaster(file));
  const master = files.filter(isMaster);
  // Copies side by side in any folders.
  if (main.length <= 1 && master.length <= 1)
    return [{ folder: folderOf((main[0] ?? master[0])?.name ?? ""), main, master }];
  return [...new Set(files.map(({ name }) => folderOf(name)))].map((folder) => ({
    folder,
    main: main.filter(({ name }) => folderOf(name) === folder),
    master: master.filter(({ name }) => folderOf(name) === folder),
  }));
}

function isMaster(file: ConfigurationFile): boolean {
  if (/(?:^|[/._-])master\.cf/.test(file.name)) return true;
  if (/(?:^|[/._-])main\.cf/.test(file.name)) return false;
  return logicalLines(file).some(({ text }) => isEntry(text));
}

function folderOf(name: string): string {
  return name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
}
