/** `fcrdns domain`: the addresses that a domain's SPF record and MX let send. */
import { isAddressText } from "../../fcrdns/names/address";
import { canonicalHostname } from "../../fcrdns/names/name";
import { forTerminal } from "../../fcrdns/report/escape";
import { addressesOf } from "../../senders/domain/address-set";
import { leftOutOf, limitsLine, permissionText } from "../../senders/domain/domain-lines";
import {
  type DomainSenders,
  domainSenders,
  MAX_LISTED_BLOCK,
  type SendingNetwork,
} from "../../senders/domain/domain-senders";
import { rememberedLookUps } from "../../senders/domain/remembered-look-ups";
import type { LeftOut, Sender } from "../../senders/sender";
import { checkSettings } from "../check-options";
import type { Environment } from "../environment";
import { exitStatus } from "../exit-status";
import { addSenderOptions, listOrCheck, type SenderFlags } from "../found-senders";
import { MAX_BLOCK } from "../given-addresses";
import { UsageProblem } from "../usage-problem";
import { examples, exitStatusHelp, type FcrdnsCommand } from "./command";

interface DomainFlags extends SenderFlags {
  readonly blocks?: true;
  readonly services?: true;
}

/** All addresses of one run, one by one: SPF records come from anybody. */
const MAX_ADDRESSES = 262_144n;

export const domain: FcrdnsCommand<DomainFlags> = {
  define: (command) => {
    command
      .description(
        "Finds every address that the SPF record and the MX of a domain let send, and checks each. SPF is expanded as RFC " +
          "7208 says. The addresses of known mail services, whose PTRs are theirs, and blocks of more than " +
          `${MAX_LISTED_BLOCK} addresses are named, and not checked.`,
      )
      .argument("<domain...>", "domains, as in the addresses that mail is sent from")
      .option("--blocks", `also take each address of larger blocks, up to ${MAX_BLOCK} addresses each`)
      .option("--services", "also check the addresses of known mail services");
    return addSenderOptions(command).addHelpText(
      "after",
      `${exitStatusHelp}\n${examples([
        "fcrdns domain example.com",
        "fcrdns domain example.com --list",
        "fcrdns domain example.com example.net --blocks --format junit",
      ])}`,
    );
  },

  run: async (args, flags, environment) => {
    const settings = await checkSettings(flags, environment);
    const domains = [...new Set(args.map(domainNamed))];
    const stopped = new AbortController();
    const forgetStop = environment.onStop(() => stopped.abort());
    const records = await environment.recordLookups(settings.options, stopped.signal);
    const all: DomainSenders[] = [];
    try {
      for (const name of domains) {
        const { lookUp, disagreements } = rememberedLookUps(records);
        const found = await domainSenders(name, lookUp);
        if (stopped.signal.aborted) {
          await environment.stderr.write("fcrdns: stopped; nothing was checked\n");
          return exitStatus.unknown;
        }
        all.push(found);
        for (const { name: owner, type } of disagreements) {
          await say(
            environment,
            `the name servers of ${owner} show different ${type} records: that of the most is used`,
          );
        }
        const limits = limitsLine(found);
        if (limits !== undefined) await say(environment, limits);
      }
    } finally {
      records.close();
      forgetStop();
    }
    if (flags.explain) for (const found of all) for (const line of permissions(found)) await say(environment, line);
    const { senders, leftOut, isDone } = sendersOf(all, flags);
    const nothing = `no address is known that SPF or MX of ${domains.map((each) => forTerminal(each)).join(", ")} lets send, so nothing was checked`;
    return listOrCheck({ senders, leftOut }, isDone ? null : nothing, flags, settings, environment);
  },
};

async function say({ stderr }: Pick<Environment, "stderr">, text: string): Promise<void> {
  await stderr.write(`fcrdns: ${forTerminal(text)}\n`);
}

/** @throws UsageProblem */
function domainNamed(text: string): string {
  const [left = "", right] = text.split("@");
  if (isAddressText(text)) {
    throw new UsageProblem(`${quoted(text)} is an address, not a domain: write fcrdns verify ${forTerminal(text)}`);
  }
  if (left !== "" && right)
    throw new UsageProblem(`${quoted(text)} is a mailbox: write its domain, ${forTerminal(right)}`);
  const read = canonicalHostname(text);
  if (!read.ok) throw new UsageProblem(`${read.reason}: write a domain such as example.com`);
  return read.name;
}

interface Found {
  readonly senders: readonly Sender[];
  readonly leftOut: readonly LeftOut[];
  /** Whether there is nothing to check because all of it is others'. */
  readonly isDone: boolean;
}

function sendersOf(all: readonly DomainSenders[], flags: DomainFlags): Found {
  const senders: Sender[] = [];
  const leftOut: LeftOut[] = [];
  const taken = new Set<string>();
  let left = MAX_ADDRESSES;
  let unchecked = 0;
  for (const found of all) {
    leftOut.push(...leftOutOf(found), ...serviceLines(found, flags));
    for (const network of found.networks) {
      if (network.service !== undefined && !flags.services && !flags.list) continue;
      const isSmall = network.count <= (flags.blocks ? BigInt(MAX_BLOCK) : MAX_LISTED_BLOCK);
      if (isSmall && network.count <= left) {
        for (const address of addressesOf(network)) {
          if (taken.has(address)) continue;
          taken.add(address);
          left--;
          senders.push({ address, name: null });
        }
        continue;
      }
      if (flags.list) senders.push({ address: blockText(network), name: null });
      else unchecked++;
      if (!flags.list || flags.blocks || isSmall) leftOut.push(blockLine(network, found.domain, isSmall, flags));
    }
  }
  const hasServices = all.some(({ networks }) => networks.some(({ service }) => service !== undefined));
  return { senders, leftOut, isDone: !flags.list && hasServices && unchecked === 0 && all.every(isWhole) };
}

/** Whether everything was answered, so that no sender can be missing for want of an answer. */
function isWhole({ failures, undecided, exchanges }: DomainSenders): boolean {
  const troubles = [...failures, ...undecided].map(({ trouble }) => trouble.kind);
  return !troubles.includes("no-answer") && exchanges.every(({ why }) => why === undefined);
}

function blockText({ first, bits, family }: SendingNetwork): string {
  return bits === (family === 4 ? 32 : 128) ? first : `${first}/${bits}`;
}

function blockLine(network: SendingNetwork, owner: string, isSmall: boolean, flags: DomainFlags): LeftOut {
  const { count, bits, family } = network;
  const what = `${blockText(network)}, which ${owner} lets send by ${permissionText(network.by)},`;
  const many = count > MAX_ADDRESSES ? `2^${(family === 4 ? 32 : 128) - bits}` : `${count}`;
  const undone = flags.list ? "is listed as a block" : "was not checked";
  if (isSmall) return { what, why: `${undone}: ${MAX_ADDRESSES} addresses of one run are the limit` };
  if (flags.blocks) {
    return {
      what,
      why: `${undone}: it has ${many} addresses, and a block may have at most ${MAX_BLOCK}; check those that send with fcrdns verify`,
    };
  }
  return { what, why: `${undone}: it has ${many} addresses; --blocks checks each of at most ${MAX_BLOCK}` };
}

/** One line per service: what lets its servers send, and that their PTRs are the service's. */
function serviceLines({ domain: owner, networks }: DomainSenders, flags: DomainFlags): LeftOut[] {
  const services = new Map<string, Set<string>>();
  for (const { service, by } of networks) {
    if (service === undefined) continue;
    const first = by.kind === "mx" ? permissionText(by) : permissionText({ ...by, steps: by.steps.slice(0, -1) });
    services.set(service, (services.get(service) ?? new Set()).add(first || permissionText(by)));
  }
  const undone = flags.list || flags.services ? "" : ", and they were not checked (--services checks them)";
  return [...services].map(([service, ways]) => ({
    what: `${service} sends for ${owner} (${[...ways].slice(0, 3).join(", ")}${ways.size > 3 ? ", ..." : ""}):`,
    why: `the PTRs of its servers are theirs, nothing to do${undone}`,
  }));
}

function permissions({ domain: owner, networks }: DomainSenders): string[] {
  return networks.map((each) => `${owner} lets ${blockText(each)} send by ${permissionText(each.by)}`);
}

function quoted(text: string): string {
  return `"${forTerminal(text)}"`;
}
