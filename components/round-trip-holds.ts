/** The wait behind `SendingIp.verified`: it ends when forward and reverse DNS agree, or fails the program. */
import * as pulumi from "@pulumi/pulumi";
import { failureText } from "../fcrdns/failure-text";
import { verify } from "../fcrdns/index";
import type { Progress } from "../fcrdns/options";
import type { DnsSettings } from "../fcrdns/settings";
import { PlainError } from "./plain-error";
import type { Endpoint, Verified } from "./sending-ip";

/** Seconds to keep polling when nobody said otherwise. */
export const DEFAULT_DEADLINE_SECONDS = 300;

/**
 * Resolves once every endpoint's round trip holds.
 * @param component whose row in Pulumi's display shows the progress
 * @returns rejects with a {@link PlainError}, one text for all endpoints, when the deadline passes before
 */
export function roundTripHolds(
  component: pulumi.Resource,
  endpoints: pulumi.Output<Endpoint[]>,
  settings: DnsSettings,
): pulumi.Output<Verified> {
  return endpoints.apply(async (sending) => {
    const verified = { hostname: sending[0]?.hostname ?? "", addresses: sending.map(({ address }) => address) };
    if (pulumi.runtime.isDryRun()) {
      return verified;
    }
    const onProgress = (progress: Progress) => void pulumi.log.info(progressLine(progress), component, undefined, true);
    const options = { deadlineSeconds: DEFAULT_DEADLINE_SECONDS, ...settings, onProgress };
    const verdicts = await Promise.all(
      sending.map(({ address, hostname }) => verify(address, { ...options, expected: hostname })),
    );
    const failed = verdicts.filter((verdict) => verdict.status !== "pass");
    if (failed.length > 0) {
      throw new PlainError(failed.map(failureText).join("\n"));
    }
    return verified;
  });
}

function progressLine({ ip, servers, waitingFor, elapsedSeconds }: Progress): string {
  const reason = waitingFor[0] === undefined ? "" : `: ${waitingFor[0]}`;
  return `${ip}: ${servers.agreed} of ${servers.asked} servers agree after ${Math.round(elapsedSeconds)} s${reason}`;
}
