import "../internal/need-pulumi";

export { govcloud } from "./cloud";
