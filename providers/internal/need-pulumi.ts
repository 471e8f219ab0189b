/** Imported before @pulumi/pulumi by the file that every entry of the library loads first: it is an optional peer. */
import { isInstalled } from "./is-installed";

if (!isInstalled("@pulumi/pulumi")) {
  const text =
    "pulumi-fcrdns needs the package @pulumi/pulumi, which is not installed.\n  Fix: npm install @pulumi/pulumi";
  throw Object.defineProperty(new Error(text), "stack", { value: text });
}
