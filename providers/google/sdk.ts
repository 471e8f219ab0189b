/** Imported before @pulumi/gcp by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/gcp");
