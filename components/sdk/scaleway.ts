/** Imported before @pulumiverse/scaleway by every file that imports it. */
import { needSdk } from "../need-sdk";

needSdk("@pulumiverse/scaleway");
