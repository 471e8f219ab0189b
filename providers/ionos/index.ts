export { ionos } from "./cloud";
