export { govcloud } from "./cloud";
