import "../internal/need-pulumi";

export { ionos } from "./cloud";
