export { type GenericTicketArgs, generic } from "./cloud";
