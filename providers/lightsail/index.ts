import "../internal/need-pulumi";

export { lightsail } from "./cloud";
