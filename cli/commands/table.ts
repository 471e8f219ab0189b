/** All commands, each loaded only when it is used; a new one needs a file and a line here. */
import type { FcrdnsCommand } from "./command";

interface Entry {
  /** One line for `fcrdns --help`. */
  readonly summary: string;
  readonly load: () => Promise<FcrdnsCommand>;
}

export const commands: Readonly<Record<string, Entry>> = {
  verify: {
    summary: "check that addresses have forward-confirmed reverse DNS",
    load: async () => (await import("./verify")).verify as FcrdnsCommand,
  },
  name: {
    summary: "check that a name is a good PTR name: valid, and not generic",
    load: async () => (await import("./name")).name as FcrdnsCommand,
  },
  stack: {
    summary: "check every sending address of a Pulumi stack or a Terraform state",
    load: async () => (await import("./stack")).stack as FcrdnsCommand,
  },
  mta: {
    summary: "check every address that a mail server's configuration sends from",
    load: async () => (await import("./mta")).mta as FcrdnsCommand,
  },
  domain: {
    summary: "check every address that a domain's SPF and MX let send",
    load: async () => (await import("./domain")).domain as FcrdnsCommand,
  },
  message: {
    summary: "check who sent a message, by the headers that its receiver wrote",
    load: async () => (await import("./message")).message as FcrdnsCommand,
  },
  watch: {
    summary: "check repeatedly and report changes",
    load: async () => (await import("./watch")).watch as FcrdnsCommand,
  },
  ticket: {
    summary: "write the request for a PTR to a provider without an API",
    load: async () => (await import("./ticket")).ticket as FcrdnsCommand,
  },
  arpa: {
    summary: "print the reverse name of an address",
    load: async () => (await import("./arpa")).arpa as FcrdnsCommand,
  },
};
