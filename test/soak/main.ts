/**
 * `npm run soak`: the long form of `soak.slow.test.ts`, with figures. Half an hour and more on two cores.
 *
 *     npm run soak -- [--seconds 60] [--rounds 1000] [--addresses 1000000]     0: not at all
 */
import { parseArgs } from "node:util";
import { growth, type Held } from "./memory";
import { steadyVerdicts } from "./steady-verdicts";
import { streamedAddresses } from "./streamed-addresses";
import { watchedRounds } from "./watched-rounds";

const PER_SECOND = 1_000;
const MEBIBYTE = 1024 * 1024;
/** The text of a million addresses and what the command needs without any. */
const MAX_RESIDENT_MIB = 300;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      rounds: { type: "string", default: "1000" },
      addresses: { type: "string", default: "1000000" },
    },
  });
  const [seconds, rounds, addresses] = [values.seconds, values.rounds, values.addresses].map(Number);
  const ends: boolean[] = [];
  const say = (what: string, isRight: boolean) => {
    console.log(`${isRight ? "ok" : "WRONG"} ${what}`);
    ends.push(isRight);
  };
  if (seconds) {
    const {
      asked,
      given,
      wrong,
      seconds: took,
      held,
      server,
      openBefore,
      openAfter,
    } = await steadyVerdicts(PER_SECOND, seconds);
    const pace = `${Math.round(given / took)} a second where ${PER_SECOND} were wanted, ${server}`;
    say(
      `${given} of ${asked} verdicts, ${wrong.length} wrong, in ${took.toFixed(1)} s: ${pace}`,
      given === asked && wrong.length === 0,
    );
    for (const one of wrong.slice(0, 3)) console.log(`   ${one}`);
    sayHeld(held, 4, say);
    say(`${openBefore} files and sockets open before, ${openAfter} after`, openBefore === openAfter);
  }
  if (rounds) {
    const { told, due, posts, held } = await watchedRounds(rounds);
    const isRight = JSON.stringify(told) === JSON.stringify(due) && posts === due.length;
    say(`${rounds} rounds of watch: ${told.length} changes told, ${due.length} due, ${posts} posts`, isRight);
    sayHeld(held, 1, say);
  }
  if (addresses) {
    const { asked, given, wrong, status, seconds: took, resident, mostResident } = await streamedAddresses(addresses);
    const isRight = given === asked && wrong.length === 0 && status === 1;
    say(`${given} of ${asked} lines in order, ${wrong.length} wrong, exit ${status}, in ${took.toFixed(0)} s`, isRight);
    for (const one of wrong.slice(0, 3)) console.log(`   ${one}`);
    const sizes = resident.map((bytes) => Math.round(bytes / MEBIBYTE)).join(" ");
    console.log(`   resident MiB at each twentieth: ${sizes}`);
    const most = Math.round((mostResident ?? 0) / MEBIBYTE);
    say(`at most ${most} MiB resident, where ${MAX_RESIDENT_MIB} are allowed`, most <= MAX_RESIDENT_MIB);
  }
  return ends.every(Boolean);
}

function sayHeld(held: readonly Held[], mostFiles: number, say: (what: string, isRight: boolean) => void): void {
  const heap = growth(held.map((each) => each.heap));
  const files = growth(held.map(({ descriptors }) => descriptors ?? 0));
  const kib = Math.round(heap / 1024);
  say(
    `heap ${kib} KiB and ${files} open files more in the second half than in the first`,
    heap < MEBIBYTE && files <= mostFiles,
  );
}

void main().then((isRight) => {
  process.exitCode = isRight ? 0 : 1;
});
