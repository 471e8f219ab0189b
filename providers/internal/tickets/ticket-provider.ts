/**
 * What is known about a provider that sets PTRs by hand: data, one file per provider in `providers/`, from which the
 * ticket, the documentation and the command's list are made.
 */
import type { CloudCapabilities, Family, ReverseCapability, Source } from "../../cloud";
import type { TicketDetail, TicketRoute } from "./ticket";

export interface TicketProvider {
  /** The word used by the command and in stack outputs: `racknerd`. */
  readonly name: string;
  /** As people write it: "RackNerd". */
  readonly title: string;
  /** Other words that mean this provider, lower case. */
  readonly aliases?: readonly string[];
  /** `only-way`: no API sets a PTR. `fallback`: there is an API or panel, and the ticket is for when that fails. */
  readonly role: "only-way" | "fallback";
  /** The template for whoever has no folder here; one is. @default it is one provider's */
  readonly fitsAnybody?: true;
  readonly route: TicketRoute;
  /** What must be so before the people look at it, and only the reader can check. One sentence each. */
  readonly prerequisites: readonly string[];
  /** Families whose PTR this provider sets. */
  readonly families: readonly Family[];
  /** Addresses that one ticket may hold. @default no limit known */
  readonly maxAddresses?: number;
  /** Without these nobody there works on it. */
  readonly requires: readonly TicketDetail[];
  /** Demands on the PTR's value. */
  readonly nameRules: {
    readonly finalDot: "required" | "forbidden" | "either";
    /** Characters without the final dot. */
    readonly maxLength: number;
  };
  /**
   * Subject in the provider's own words. In it and in `form`, `{addresses}`, `{hostnames}` and the names of the details
   * (`{service}`, `{email}` ...) stand for their values, `{useCase}` for one paragraph with all that is known of the use.
   * @default "Reverse DNS (PTR) request for {addresses}"
   */
  readonly subject?: string;
  /**
   * `short`: what a support agent needs to set the PTR, and no more. `full`: reverse names, both spellings of IPv6 and who
   * answered for the forward record as well.
   * @default "full"
   */
  readonly text?: "short" | "full";
  /** The form's labels word for word, and what goes in each. @default the provider has no form, just a text */
  readonly form?: Readonly<Record<string, string>>;
  /** They look up the name and refuse unless it has the address. @default "unknown" */
  readonly checksForward?: ReverseCapability["checksForward"];
  /** The PTR that an address has before anybody asks, as a pattern for people. @default not known */
  readonly genericDefault?: string;
  /** Where the PTR belongs so that it outlives the machine. @default "the address" */
  readonly stableObject?: string;
  /** Outgoing port 25. @default not known */
  readonly port25?: Pick<CloudCapabilities["port25"], "policy" | "advice">;
  /** The machine has a private address that the provider translates. @default the public one is on its interface */
  readonly nat?: NonNullable<CloudCapabilities["nat"]>;
  /** How long it takes, as far as anybody said. */
  readonly turnaround: string;
  /** What happens to the PTR when the address is given back, one sentence. */
  readonly release: string;
  /** How sure this data is. */
  readonly standing: "vendor-page" | "third-party" | "unconfirmed";
  readonly sources: readonly Source[];
}
