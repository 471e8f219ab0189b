export { type ExistingArgs, existing } from "./cloud";
