/** Imported before @pulumi/linode by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/linode");
