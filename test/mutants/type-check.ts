/** Whether `npm run check` refuses a mutant: its types no longer fit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { root } from "./rooms";

/** A name that is no longer used is no reason: nobody refuses it for what the mutant does. */
const UNUSED = new Set([6133, 6192, 6196, 6198]);

/** Keeps what does not change between mutants. */
export class TypeCheck {
  #changed: { readonly file: string; readonly text: string; readonly version: number } | undefined;
  #version = 0;
  readonly #service: ts.LanguageService;
  readonly #files = new Set<string>();

  public constructor() {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#files],
      getScriptVersion: (file) => (this.#changed?.file === file ? String(this.#changed.version) : "0"),
      getScriptSnapshot: (file) => {
        if (this.#changed?.file === file) return ts.ScriptSnapshot.fromString(this.#changed.text);
        return ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined;
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  /** @param source path from the root */
  public refuses(source: string, text: string): boolean {
    const file = join(root, source);
    this.#files.add(file);
    this.#changed = { file, text, version: ++this.#version };
    return this.#service.getSemanticDiagnostics(file).some(({ code }) => !UNUSED.has(code));
  }
}
