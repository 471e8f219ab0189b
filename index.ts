/** The program: address, forward, reverse, verdict. Its config is described in Pulumi.yaml. */
import * as pulumi from "@pulumi/pulumi";
import { publishMailRecords } from "./components/mail-records";
import { SendingIp } from "./components/sending-ip";
import { readStackConfig } from "./components/stack-config";
import { configReader } from "./providers/internal/config-reader";
import { requireCredentials } from "./providers/internal/credentials";

async function program(): Promise<Record<string, unknown>> {
  const { mx, mta, bindAddress, verifiedBy, packages, ...wanted } = readStackConfig(
    configReader(new pulumi.Config("fcrdns")),
  );
  requireCredentials(packages);
  const mail = new SendingIp("mail", wanted);
  if (mx) {
    const { protect = false, retainOnDelete = false } = wanted;
    publishMailRecords("mail", wanted.dns, mail.verified, { protect, retainOnDelete });
  }
  const mtaConfig = mta && mail.mtaConfig(mta, bindAddress === undefined ? {} : { bindAddress });
  return {
    hostname: mail.hostname,
    endpoints: mail.endpoints,
    manualSteps: mail.manualSteps,
    ...(mtaConfig && { mtaConfig }),
    // Whoever uses it waits for it, so that a plain `pulumi up` fails where nothing round-trips.
    ...(verifiedBy === "program" && { verified: mail.verified }),
  };
}

export = program;
