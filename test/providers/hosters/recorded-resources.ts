/** Runs a piece of program against Pulumi's mocks and returns every resource it made, with its inputs. */
import * as pulumi from "@pulumi/pulumi";

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: RecordedOptions;
}

/** Of the resource options, those that matter here, as they reach the engine. */
export interface RecordedOptions {
  readonly deleteBeforeReplace: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

/** What a registration has beyond what Pulumi's mocks pass on. */
interface Registration {
  getName(): string;
  getDeletebeforereplace(): boolean;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getReplaceonchangesList(): string[];
  getIgnorechangesList(): string[];
  getVersion(): string;
  getPlugindownloadurl(): string;
}

type Answer = (token: string, inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * @param program makes the resources; what it returns is awaited
 * @param outputs what the cloud adds to a resource, by type
 * @param calls what functions (`getDomain`) answer, by token
 */
export async function recorded<T>(
  program: () => pulumi.Input<T> | readonly pulumi.Input<T>[],
  outputs: Answer = () => ({}),
  calls: Answer = () => ({}),
): Promise<{ readonly resources: readonly RecordedResource[]; readonly values: readonly unknown[] }> {
  const resources: Omit<RecordedResource, "options">[] = [];
  const options = new Map<string, RecordedOptions>();
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      resources.push({ type, name, inputs });
      return { id: `${name}-id`, state: { ...inputs, ...outputs(type, inputs) } };
    },
    call: ({ token, inputs }) => ({ ...calls(token, inputs) }),
  });
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource(...args: unknown[]): unknown };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    const asked = request as Registration;
    options.set(asked.getName(), {
      deleteBeforeReplace: asked.getDeletebeforereplace(),
      protect: asked.getProtect() === true,
      retainOnDelete: asked.getRetainondelete() === true,
      replaceOnChanges: asked.getReplaceonchangesList(),
      ignoreChanges: asked.getIgnorechangesList(),
      version: asked.getVersion(),
      pluginDownloadUrl: asked.getPlugindownloadurl(),
    });
    return register(request, ...rest);
  };
  // DNS queries go to a port without a server.
  pulumi.runtime.setAllConfig({
    "fcrdns:stubs": '{".":"127.0.0.1:9"}',
    "fcrdns:tries": "1",
    "fcrdns:timeoutSeconds": "1",
  });
  const returned = program();
  const values = await Promise.all([returned].flat().map(settled));
  await pulumi.runtime.disconnect();
  const unknownOptions = {
    deleteBeforeReplace: false,
    protect: false,
    retainOnDelete: false,
    replaceOnChanges: [],
    ignoreChanges: [],
    version: "",
    pluginDownloadUrl: "",
  };
  return {
    resources: resources.map((made) => ({ ...made, options: options.get(made.name) ?? unknownOptions })),
    values,
  };
}

/** What a value turns out to be. */
export function settled(value: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const output = pulumi.output(value) as pulumi.Output<unknown> & { promise(): Promise<unknown> };
    output.promise().then(resolve, reject);
  });
}
