export { type LeasewebArgs, leaseweb } from "./cloud";
