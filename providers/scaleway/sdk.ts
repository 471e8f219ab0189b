/** Imported before @pulumiverse/scaleway by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@pulumiverse/scaleway");
