import "../internal/need-pulumi";

export { type ExistingArgs, existing } from "./cloud";
