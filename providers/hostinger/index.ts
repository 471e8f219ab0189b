import "../internal/need-pulumi";

export { type HostingerArgs, hostinger } from "./cloud";
