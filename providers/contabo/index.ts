export { contabo } from "./cloud";
