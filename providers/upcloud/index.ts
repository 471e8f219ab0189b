import "../internal/need-pulumi";

export { upcloud } from "./cloud";
