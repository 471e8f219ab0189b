/** Which room may import which: the table of rooms in docs/architecture.md, checked. */
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, it } from "node:test";
import { providers } from "../providers/find-provider";

const ROOT = join(__dirname, "..");

interface Room {
  readonly name: string;
  /** Files of the room, from the root of the checkout. The first room that matches a file holds it. */
  readonly files: RegExp;
  /** Files of ours that they may import. */
  readonly may: RegExp;
  readonly because: string;
  /** Packages that neither they nor any file of ours that they load may load at run time. @default any may be loaded */
  readonly without?: RegExp;
}

const SDKS = /^(?:@pulumi\/|@pulumiverse\/|@ediri\/|@ovhcloud\/)/;
const PURE_PROVIDER_FILES =
  /^(?:fcrdns\/|senders\/|providers\/(?:provider|registry|find-provider|stack-facts|config-schema|other-default-names|[\w-]+\/(?:facts|stack|ticket|api)|internal\/(?:stack|tickets|rest|records)\/[\w-]+)$)/;

/** Types cost nothing at run time, so only imports that load something count. */
const ROOMS: readonly Room[] = [
  {
    name: "asking",
    files: /^fcrdns\/ask\//,
    may: /^fcrdns\/(?!report\/|judge\/(?!round-trip$))/,
    without: SDKS,
    because: "the asking half returns typed evidence: it neither writes findings nor words anything",
  },
  {
    name: "fcrdns",
    files: /^fcrdns\//,
    may: /^fcrdns\//,
    without: SDKS,
    because: "the checker is a library of its own: no Pulumi, no provider",
  },
  {
    name: "senders",
    files: /^senders\//,
    may: /^(?:senders|fcrdns)\//,
    without: SDKS,
    because: "who sends is read from files, messages and DNS alone: no Pulumi, no provider",
  },
  {
    name: "facts of providers",
    files:
      /^providers\/(?:provider|registry|find-provider|stack-facts|config-schema|other-default-names|[\w-]+\/(?:facts|stack|ticket))\.ts$/,
    may: /^(?:fcrdns\/|senders\/|providers\/(?:provider|registry|find-provider|stack-facts|config-schema|other-default-names|[\w-]+\/(?:facts|stack|ticket|api)|internal\/(?:stack|tickets|rest|records)\/[\w-]+)$)/,
    without: SDKS,
    because: "gate and command load every provider's facts, so that these must be cheap: neither Pulumi nor an SDK",
  },
  {
    name: "what a stack's resources say",
    files: /^providers\/internal\/stack\//,
    may: new RegExp(PURE_PROVIDER_FILES.source),
    without: SDKS,
    because: "gate and command read stacks, so that reading them must be cheap: neither Pulumi nor an SDK",
  },
  {
    name: "simulations",
    files: /^providers\/(?:[\w-]+\/simulation|internal\/simulation\/[\w-]+)\.ts$/,
    may: /^(?:fcrdns|providers)\//,
    because: "a simulation belongs to its provider and is played by the sandbox",
  },
  {
    name: "providers",
    files: /^providers\//,
    may: /^(?:fcrdns|providers)\/(?!.*(?:\/simulation$|internal\/simulation\/))/,
    because: "a provider is used by the components, not the other way round, and its simulation is not published",
  },
  {
    name: "components",
    files: /^components\//,
    may: /^plugin\/schema\.json$|^(?:fcrdns|senders|components|providers)\/(?!.*(?:\/simulation$|internal\/simulation\/))/,
    because: "components are built from providers and the checker",
  },
  {
    name: "policies",
    files: /^policies\//,
    may: new RegExp(`^policies/|${PURE_PROVIDER_FILES.source}`),
    // What the engine has loaded with the pack already.
    without:
      /^(?!@pulumi\/policy$|@pulumi\/pulumi\/(?:proto\/analyzer_\w+|runtime\/(?:config|settings))$)@?(?:pulumi|pulumiverse|ediri|ovhcloud)\//,
    because: "a policy pack must load in well under a second, so that it may load pure files of providers only",
  },
  {
    name: "command",
    files: /^cli\//,
    may: new RegExp(`^cli/|${PURE_PROVIDER_FILES.source}`),
    without: SDKS,
    because: "the command runs where Pulumi is not installed",
  },
  {
    name: "sandbox",
    files: /^sandbox\//,
    may: /^(?:index$|(?:fcrdns|senders|components|providers|policies|sandbox)\/)/,
    because: "the sandbox plays the others and is not published",
  },
];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name).split(sep).join("/"))
    .filter((file) => file.endsWith(".ts") && statSync(join(ROOT, file)).isFile());
}

/** What a file loads at run time: relative ones from the root of the checkout, without their ending. */
function loaded(file: string): { readonly ours: string[]; readonly packages: string[] } {
  const text = readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const statements = [...text.matchAll(/^(?:import|export)\s(?!type\b)([^;]*?)\sfrom\s+"([^"]+)"/gm)]
    // `import { type A, type B }` loads nothing either.
    .filter(([, names = ""]) => !/^\{(?:\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()))
    .map(([, , specifier = ""]) => specifier);
  // `import "./sdk"`, `require("...")`, `await import("...")`; a type `import("...").Name` loads nothing.
  const others = [...text.matchAll(/^import\s+"([^"]+)"|\brequire\("([^"]+)"\)|\bawait import\("([^"]+)"\)/gm)].map(
    ([, bare, required, later]) => bare ?? required ?? later ?? "",
  );
  const all = [...statements, ...others];
  return {
    ours: all
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) =>
        relative(ROOT, join(ROOT, dirname(file), specifier))
          .split(sep)
          .join("/"),
      ),
    packages: all.filter((specifier) => !specifier.startsWith(".")),
  };
}

/** Every chain of imports, the shortest to each file, that ends with a package that matches: `a > b imports @pulumi/pulumi`. */
function chainsTo(packages: RegExp, start: string): string[] {
  const chains = new Map([[start, start]]);
  // Files that are found while walking are walked too.
  return [...walk()];
  function* walk(): Generator<string> {
    for (const [file, chain] of chains) {
      const { ours, packages: names } = loaded(file);
      yield* names.filter((name) => packages.test(name)).map((name) => `${chain} imports ${name}`);
      for (const target of ours.flatMap((path) => [`${path}.ts`, `${path}/index.ts`])) {
        if (existsSync(join(ROOT, target)) && !chains.has(target)) chains.set(target, `${chain} > ${target}`);
      }
    }
  }
}

/** Texts in the code of a file that a person wrote to be read: three words in a row. */
function sentences(file: string): string[] {
  const text = readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/.*$/gm, "");
  return [...text.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)]
    .map(([literal]) => literal.replace(/\$\{[^}]*\}/g, "0"))
    .filter((literal) => /[a-z]{2,} [a-z]+ [a-z]+/i.test(literal));
}

describe("the asking half, and what is found", () => {
  const files = [
    ...sources("fcrdns/ask"),
    ...sources("fcrdns/judge").filter((file) => /findings?\.ts$|\/found\.ts$/.test(file)),
  ];
  it("hold no sentence: what was heard and found is typed, and `report/` words it", () => {
    assert.ok(files.length > 25);
    assert.deepEqual(
      files.flatMap((file) => sentences(file).map((sentence) => `${file}: ${sentence}`)),
      [],
    );
  });
});

describe("Pulumi and its SDKs", () => {
  const folders = new Map(providers.flatMap(({ name, sdk }) => (sdk === undefined ? [] : [[name, sdk] as const])));
  const sdks = new Set(folders.values());
  const packageOf = (specifier: string) => specifier.split("/").slice(0, 2).join("/");

  it("an SDK is loaded by sdk.ts, cloud.ts and dns.ts of its provider alone: nobody needs one that they do not use", () => {
    const wrong = ["providers", "components", "fcrdns", "senders", "policies", "cli", "sandbox"]
      .flatMap(sources)
      .flatMap((file) => {
        const [, folder = ""] = /^providers\/([\w-]+)\/(?:sdk|cloud|dns)\.ts$/.exec(file) ?? [];
        return loaded(file)
          .packages.map(packageOf)
          .filter((name) => sdks.has(name) && folders.get(folder) !== name)
          .map((name) => `${file} imports ${name}`);
      });
    assert.deepEqual(wrong, []);
  });

  it("facts, whatever they import, load neither Pulumi nor an SDK: gate and command load the facts of every provider", () => {
    const script = `require("./providers/find-provider"); require("./providers/internal/tickets/providers");
      console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /node_modules.@?(pulumi|ediri|ovhcloud)/.test(file))))`;
    const printed = execFileSync(process.execPath, ["--require", join(ROOT, "register.js"), "-e", script], {
      cwd: ROOT,
    });
    assert.deepEqual(JSON.parse(printed.toString()), []);
  });
});

describe("rooms", () => {
  const files = [...new Set(ROOMS.map(({ files: { source } }) => /^\^(\w+)/.exec(source)?.[1] ?? ""))].flatMap(sources);
  it("are found", () => assert.ok(files.length > 200, `${files.length} files`));
  for (const room of ROOMS) {
    it(`${room.name}: ${room.because}`, () => {
      const wrong = files
        .filter((file) => ROOMS.find(({ files: held }) => held.test(file)) === room)
        .flatMap((file) => {
          const wrongRoom = loaded(file).ours.filter((target) => !room.may.test(target));
          return [
            ...wrongRoom.map((target) => `${file} imports ${target}`),
            ...(room.without === undefined ? [] : chainsTo(room.without, file)),
          ];
        });
      assert.deepEqual(wrong, [], room.because);
    });
  }
});
