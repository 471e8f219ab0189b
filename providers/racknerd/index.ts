import "../internal/need-pulumi";

export { racknerd } from "./cloud";
