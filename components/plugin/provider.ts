/** The component as Pulumi's component packages serve it: from any language, a `SendingIp` made by plain arguments. */
import * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import { leavesFailuresToCaller } from "../../providers/internal/fails-run";
import { promiseOf } from "../../providers/internal/promise-of";
import { UserError } from "../../providers/internal/user-error";
import type { PlainSendingIpArgs } from "../plain-args";
import { SendingIp } from "../sending-ip";
import { needDynamicProvider } from "./need-dynamic-provider";

/** The only resource of the package. */
const SENDING_IP = "pulumi-fcrdns:index:SendingIp";

/** What a program in another language reads of it. */
export type SendingIpOutputs = Pick<SendingIp, "hostname" | "addresses" | "endpoints" | "verified" | "manualSteps">;

export class SendingIpProvider implements Provider {
  /**
   * @param version of the package
   * @param schema as JSON
   */
  public constructor(
    public readonly version: string,
    public readonly schema: string,
  ) {}

  /** Makes the component. Its outputs are known only when the round trip holds, since `verified` is one of them. */
  public async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<ConstructResult> {
    if (type !== SENDING_IP) throw new UserError(`pulumi-fcrdns has no resource ${type}: there is ${SENDING_IP}`);
    leavesFailuresToCaller();
    needDynamicProvider(inputs.cloud, process.cwd());
    const mail = new SendingIp(name, inputs as unknown as PlainSendingIpArgs, options);
    const { hostname, addresses, endpoints, verified, manualSteps } = mail;
    const state: SendingIpOutputs = { hostname, addresses, endpoints, verified, manualSteps };
    // The first that fails is what the engine is told; resources that wait for it never settle.
    await promiseOf(pulumi.output(state));
    return { urn: mail.urn, state };
  }
}
