/** DNS servers to query, from the stack's config in the namespace `fcrdns`: the same keys as the command's flags. */
import * as pulumi from "@pulumi/pulumi";
import { checkSettings, type DnsSettings } from "../../fcrdns/settings";
import type { ConfigOf } from "../config-schema";
import { configReader } from "./config-reader";
import type { dnsSettingKeys } from "./dns-setting-keys";
import { UserError } from "./user-error";

/**
 * What the config says; nothing for a key that is not set.
 * @throws UserError naming the key when a value is not what it takes
 */
export function dnsSettings(
  config: ConfigOf<typeof dnsSettingKeys> = configReader(new pulumi.Config("fcrdns")),
): DnsSettings {
  const given = {
    mode: config.text("mode"),
    roots: config.structure<string[]>("roots"),
    stubs: config.structure<Record<string, string>>("stubs"),
    resolvers: config.structure<string[]>("resolvers"),
    port: config.number("port"),
    timeoutSeconds: config.number("timeoutSeconds"),
    tries: config.number("tries"),
    deadlineSeconds: config.number("deadlineSeconds"),
  };
  const checked = checkSettings(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  if (!checked.ok) {
    const lines = checked.problems.map(
      ({ key, message, fix }) => `  ${config.name}:${key} ${message}.\n    Fix: ${fix}.`,
    );
    throw new UserError(
      `The stack's config has invalid DNS settings; nothing was created or changed.\n${lines.join("\n")}`,
    );
  }
  return checked.settings;
}
