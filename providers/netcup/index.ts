import "../internal/need-pulumi";

export { netcup } from "./cloud";
