import "../internal/need-pulumi";

export { type ManualArgs, manual } from "./dns";
