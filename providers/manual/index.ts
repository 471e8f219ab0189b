export { type ManualArgs, manual } from "./dns";
