/** Runs a piece of a program without an engine, and returns what it made. */
import * as pulumi from "@pulumi/pulumi";
import type { Cloud, Family } from "../../../providers/cloud";
import { broughtUp } from "../hosters/context";

export interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Answer = (token: string, args: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * @param program makes the resources
 * @param outputs what a cloud adds to a resource, by its type
 * @param answer what a function of a provider answers, by its token; what it was asked unless given
 */
export async function underMocks(
  program: () => void,
  { outputs = () => ({}), answer = passedOn }: { outputs?: Answer; answer?: Answer } = {},
): Promise<Made[]> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      made.push({ type, name, inputs });
      return { id: `${name}-id`, state: { ...inputs, ...outputs(type, inputs) } };
    },
    call: ({ token, inputs }) => answer(token, inputs),
  });
  program();
  await pulumi.runtime.disconnect();
  return made;
}

/** What a cloud makes for the addresses of these families, and for their PTRs. */
export function madeBy(cloud: () => Cloud, families: readonly Family[], outputs: Answer): Promise<Made[]> {
  return underMocks(() => void broughtUp(cloud(), families), { outputs });
}

function passedOn(_token: string, args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { ...args, name: args.name ?? args.zoneName };
}
