export { upcloud } from "./cloud";
