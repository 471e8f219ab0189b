export { interserver } from "./cloud";
