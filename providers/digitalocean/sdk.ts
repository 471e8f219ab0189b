/** Imported before @pulumi/digitalocean by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/digitalocean");
