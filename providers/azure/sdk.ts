/** Imported before @pulumi/azure-native by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumi/azure-native");
