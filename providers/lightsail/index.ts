export { lightsail } from "./cloud";
