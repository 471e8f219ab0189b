/** Imported before @ovhcloud/pulumi-ovh by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@ovhcloud/pulumi-ovh");
