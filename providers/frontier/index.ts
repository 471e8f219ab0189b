export { frontier } from "./cloud";
