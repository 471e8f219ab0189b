/** Imported before @ediri/vultr by every file that imports it. */
import { needSdk } from "../internal/need-sdk";

needSdk("@ediri/vultr");
