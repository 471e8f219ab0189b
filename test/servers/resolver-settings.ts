/** What a resolver is told of the world that it looks things up in. */

/** Servers of zones, by zone. */
export type Stubs = Readonly<Record<string, { readonly address: string; readonly port: number }>>;
