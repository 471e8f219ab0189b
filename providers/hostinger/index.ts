export { type HostingerArgs, hostinger } from "./cloud";
