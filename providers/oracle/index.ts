export { oracle } from "./cloud";
