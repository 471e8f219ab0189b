/**
 * What a cloud must do for a {@link SendingIp}: hand out addresses, each of which can set its own PTR. One file per cloud
 * beside this one; what is known about the cloud is data ({@link CloudCapabilities}), and order, waits, advice, documentation and the
 * policies' tables are read from that data.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { DnsSettings } from "../fcrdns/settings";
import type { Ticket } from "./internal/tickets/ticket";

export type Family = 4 | 6;

/** A fact about the outside world: what, who says so, when that was read. */
export interface Source {
  /** Page, source file or thread that says so. */
  readonly source: string;
  /** Day it was read, `YYYY-MM-DD`. */
  readonly date: string;
}

/** How a PTR is set for one family of addresses. */
export interface ReverseCapability {
  /**
   * `resource`: a resource of its own; `field`: a property of the address or machine; `rest`: an API that Pulumi has no
   * resource for; `ticket`: people; `zone`: your own reverse zone; `none`: cannot be set.
   */
  readonly how: "resource" | "field" | "rest" | "ticket" | "zone" | "none";
  /** The cloud resolves the name itself and refuses the PTR unless the name has the address. */
  readonly checksForward: "yes" | "no" | "unknown";
  /** The cloud wants proof that the domain is yours. */
  readonly domainOwnership: boolean;
  /** What deleting (or unsetting) the PTR leaves behind. */
  readonly afterDelete: "generic-default" | "removed" | "nothing-happens" | "unknown";
  /**
   * How a PTR is set again that this stack set and the provider then lost:
   * `refresh`: the provider's plugin reads the PTR, so `pulumi up --refresh` sees the loss and sets it;
   * `refresh-or-replace`: a refresh sees that it is gone, but not that it has another name: then as with `replace`;
   * `replace`: the plugin does not read it, so its resource must be replaced: `pulumi up --target-replace URN`;
   * `by-hand`: a refresh sees the loss, but the plugin's update does not set it: only the provider's own tool or console does;
   * `rename`: the PTR is the machine's name, which only the provider's own tool or console can set once more.
   * @default "refresh"
   */
  readonly afterLoss?: "refresh" | "refresh-or-replace" | "replace" | "by-hand" | "rename";
  /**
   * The deletion of a PTR that was replaced erases the new one of the same address, so Pulumi has to delete first.
   * @default false: a replaced PTR is another address's, or its deletion does nothing
   */
  readonly lateDeleteErases?: true;
  /** Minutes until name servers usually show it. */
  readonly expectedLagMinutes: number;
  /** Demands on the value. */
  readonly nameRules: {
    readonly finalDot: "required" | "forbidden" | "either";
    readonly lowerCase: boolean;
    /** Characters without the final dot. */
    readonly maxLength: number;
  };
  /** The default PTR, as a pattern for people (`static.d.c.b.a.clients.your-server.de`); null: none. */
  readonly genericDefault: string | null;
  /** The address cannot be released while the PTR is set. */
  readonly locksAddress: boolean;
  /** Where the PTR belongs so that it outlives the machine. */
  readonly stableObject: string;
  /** Caveats in a few sentences, shown in `docs/clouds.md` and in refusals. */
  readonly advice?: string;
  readonly sources: readonly Source[];
}

export interface CloudCapabilities {
  /** As people write it: "Hetzner Cloud". */
  readonly title: string;
  readonly reverse: { readonly 4: ReverseCapability; readonly 6: ReverseCapability };
  /** Outgoing port 25. */
  readonly port25: {
    readonly policy: "open" | "blocked-by-default" | "blocked" | "by-subscription" | "unknown";
    readonly advice: string;
    readonly sources: readonly Source[];
  };
  /** Outgoing SMTP over IPv6 works once port 25 is open. */
  readonly smtpOverIpv6: boolean;
  /**
   * The machine has a private IPv4 address, and the cloud translates the public one 1:1: a mail server has to bind to the
   * private one.
   * @default the public address is on the machine's interface
   */
  readonly nat?: {
    /** An expression in a Pulumi program that is the machine's private address, for people: `instance.privateIp`. */
    readonly privateAddress: string;
    readonly sources: readonly Source[];
  };
}

/** A use that cannot work, found before anything exists. */
export interface Problem {
  /** The invalid argument, for example `ipv6` or `cloud.reservedIp`. */
  readonly argument: string;
  /** What was given, and why it cannot work. */
  readonly message: string;
  /** The next step. */
  readonly fix: string;
}

/** What is asked of the cloud; plain values, known before anything exists. */
export interface AddressRequest {
  /** Canonical host name, no final dot. */
  readonly hostname: string;
  readonly families: readonly Family[];
}

/** Where the addresses hang: names, parent and options of the {@link SendingIp}. */
export interface CloudContext extends AddressRequest {
  /** Prefix of every child's Pulumi name: the name of the component. */
  readonly name: string;
  /**
   * Options for a child that holds the address: parent, provider, `protect`, `retainOnDelete` as the user asked.
   */
  readonly addressOptions: pulumi.CustomResourceOptions;
  /** A line in the component's row while something is awaited. */
  readonly progress: (line: string) => void;
  /** DNS servers to query. @default the stack config's `fcrdns:*` */
  readonly settings?: DnsSettings;
}

/** An address that mail will leave from. */
export interface HostAddress {
  readonly family: Family;
  /** The host address itself, never the network. */
  readonly address: pulumi.Output<string>;
  /** The resource that holds it; absent for an address that exists outside this stack. */
  readonly resource?: pulumi.Resource;
}

/** An address that knows how its PTR is set. */
export interface CloudAddress extends HostAddress {
  /** Gives this address its PTR; called once. */
  reverse(request: ReverseRequest): ReverseResult;
}

/** How the PTR of one address comes about. */
export type ReverseResult =
  | {
      readonly reverse: "set";
      readonly resource?: pulumi.Resource;
      /** The PTR value once it is set. */
      readonly done: pulumi.Output<string>;
    }
  | { readonly reverse: "ticket"; readonly provider: string; readonly ticket: pulumi.Output<Ticket | undefined> }
  | { readonly reverse: "manual"; readonly instructions: pulumi.Output<string> }
  | { readonly reverse: "none"; readonly why: string };

/** What is handed over when the PTR's turn has come. */
export interface ReverseRequest {
  /**
   * The canonical host name. Where the capability says that the cloud checks the forward record, or where the address has
   * a PTR with another name that confirms it, this output resolves only when every authoritative server shows the forward
   * record, so using it as the PTR's value makes the PTR wait.
   */
  readonly hostname: pulumi.Output<string>;
  /** The A/AAAA records; `options` depends on them already. */
  readonly forward: readonly pulumi.Resource[];
  /**
   * Options for the PTR: parent, provider, `protect`, `retainOnDelete` as the user asked, `dependsOn` the A/AAAA records,
   * and `deleteBeforeReplace` where the capability says that a late deletion erases the new PTR.
   */
  readonly options: pulumi.CustomResourceOptions;
  /** Resolves when the DNS host refuses this address's record, for who waits outside of the order of resources. */
  readonly refused?: Promise<void>;
}

export interface Cloud {
  /** The word used in stack config and outputs: `hetzner`, `aws` ... */
  readonly name: string;
  readonly capabilities: CloudCapabilities;
  /**
   * Families that these very arguments can give an address in, read where the user does not say whether to send over
   * IPv6. @default as the capabilities say
   */
  readonly families?: readonly Family[];
  /** Wrong use, found in the constructor; empty when all is well. */
  validate(request: AddressRequest): readonly Problem[];
  /** Creates (or adopts) one address per family, in the order of `families`. */
  addresses(context: CloudContext): readonly CloudAddress[];
}

export type { Transform } from "./internal/transform";
