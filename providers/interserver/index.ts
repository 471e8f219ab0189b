import "../internal/need-pulumi";

export { interserver } from "./cloud";
