export { netcup } from "./cloud";
