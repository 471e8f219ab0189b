import "../internal/need-pulumi";

export { contabo } from "./cloud";
