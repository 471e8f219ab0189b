import "../internal/need-pulumi";

export { oracle } from "./cloud";
