export { hetznerRobot } from "./cloud";
