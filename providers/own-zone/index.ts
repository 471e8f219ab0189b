import "../internal/need-pulumi";

export { type OwnReverse, type OwnZoneArgs, ownZone } from "./cloud";
