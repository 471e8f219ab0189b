/** The wait behind `SendingIp.verified`: it ends when forward and reverse DNS agree, or fails the program. */
import * as pulumi from "@pulumi/pulumi";
import { verify } from "../fcrdns/index";
import type { Progress } from "../fcrdns/options";
import { failureText } from "../fcrdns/report/failure-text";
import { DEFAULT_DEADLINE_SECONDS, type DnsSettings } from "../fcrdns/settings";
import { asksDns } from "../providers/internal/asks-dns";
import { isLost, lostPtrText, type OwnPtr, withOwnAdvice } from "../providers/internal/lost-ptr";
import { UserError } from "../providers/internal/user-error";
import type { Endpoint, Verified } from "./sending-ip";

/**
 * Resolves when every endpoint's round trip holds.
 * @param component in whose row Pulumi shows the progress
 * @param ptrs what is known of the PTR of each endpoint that this stack sets; undefined for the others
 * @returns rejects with a {@link UserError}, one error for all endpoints, if the deadline passes first
 */
export function roundTripHolds(
  component: pulumi.Resource,
  endpoints: pulumi.Output<Endpoint[]>,
  settings: DnsSettings,
  ptrs: pulumi.Output<readonly (OwnPtr | undefined)[]>,
): pulumi.Output<Verified> {
  return pulumi.all([endpoints, ptrs]).apply(async ([sending, own]) => {
    const [{ hostname = "", helo }] = [sending[0] ?? {}];
    const addresses = sending.map(({ address }) => address);
    const verified = { hostname, ...(helo !== undefined && { helo }), addresses };
    if (!asksDns()) {
      return verified;
    }
    const verdicts = await Promise.all(
      sending.map(async ({ address, hostname: expected, helo: said }, index) => {
        const ptr = own[index];
        const onProgress = (progress: Progress) => {
          void pulumi.log.info(progressLine(progress), component, undefined, true);
          if (progress.round === 1 && index === 0) {
            void pulumi.log.info(startLine(settings), component);
          }
          if (progress.round === 1 && ptr !== undefined) {
            void reportIfLost(component, address, ptr, settings);
          }
        };
        const subject = { expected, ...(said !== undefined && { helo: said }) };
        const options = { deadlineSeconds: DEFAULT_DEADLINE_SECONDS, ...settings, onProgress, ...subject };
        const verdict = await verify(address, options);
        return ptr === undefined ? verdict : withOwnAdvice(verdict, ptr);
      }),
    );
    const failed = verdicts.filter((verdict) => verdict.status !== "pass");
    if (failed.length > 0) {
      throw new UserError(failed.map(failureText).join("\n"));
    }
    const [notBefore] = verdicts
      .flatMap((verdict) => verdict.notBefore ?? [])
      .sort()
      .reverse();
    return { ...verified, ...(notBefore !== undefined && { notBefore }) };
  });
}

/** Reported at the start of the wait, because waiting does not restore a PTR that the provider has lost. */
async function reportIfLost(
  component: pulumi.Resource,
  address: string,
  ptr: OwnPtr,
  settings: DnsSettings,
): Promise<void> {
  const seen = await verify(address, {
    ...settings,
    mode: "authoritative",
    deadlineSeconds: 0,
    expected: ptr.hostname,
  });
  if (isLost(seen)) {
    await pulumi.log.info(lostPtrText(address, ptr), component);
  }
}

/** Printed once, because the records may need longer than the deadline. */
function startLine({ mode, deadlineSeconds = DEFAULT_DEADLINE_SECONDS }: DnsSettings): string {
  const resolvers =
    mode === "authoritative"
      ? ""
      : "; a resolver may have cached another PTR or name and return it until its TTL expires, often an hour and at some providers a day";
  return `waiting at most ${deadlineSeconds} s for forward and reverse DNS to agree${resolvers} (pulumi config set fcrdns:deadlineSeconds SECONDS waits longer; a later pulumi up continues from here)`;
}

function progressLine({ ip, servers, waitingFor, elapsedSeconds }: Progress): string {
  const reason = waitingFor[0] === undefined ? "" : `: ${waitingFor[0]}`;
  return `${ip}: ${servers.agreed} of ${servers.asked} servers agree after ${Math.round(elapsedSeconds)} s${reason}`;
}
