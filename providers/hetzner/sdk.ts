/** Imported before @pulumi/hcloud by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/hcloud");
