export { racknerd } from "./cloud";
