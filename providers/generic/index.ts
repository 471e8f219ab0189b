import "../internal/need-pulumi";

export { type GenericTicketArgs, generic } from "./cloud";
