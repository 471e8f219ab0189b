import "../internal/need-pulumi";

export { hetznerRobot } from "./cloud";
