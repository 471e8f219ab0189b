/** Imported before @pulumi/aws by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/aws");
