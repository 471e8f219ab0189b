import "../internal/need-pulumi";

export { type LeasewebArgs, leaseweb } from "./cloud";
