import "../internal/need-pulumi";

export { frontier } from "./cloud";
