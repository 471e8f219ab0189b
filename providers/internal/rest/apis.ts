/** All APIs by the word used in stack outputs: every provider whose facts have `rest`. */
import { providers } from "../../find-provider";
import type * as registry from "../../registry";
import type { RestApi } from "./rest-api";

type Facts = (typeof registry)[keyof typeof registry];

/** The words, known to the compiler where the facts are declared `as const satisfies ProviderFacts`. */
export type RestApiName = Extract<Facts, { readonly rest: RestApi }>["name"];

export const restApis = Object.fromEntries(
  providers.flatMap(({ name, rest }) => (rest === undefined ? [] : [[name, rest]])),
) as Readonly<Record<RestApiName, RestApi>>;

export function isRestApiName(name: string): name is RestApiName {
  return Object.hasOwn(restApis, name);
}
