/** Imported before @pulumi/cloudflare by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/cloudflare");
