import "../internal/need-pulumi";

export { type PowerdnsArgs, powerdns } from "./cloud";
