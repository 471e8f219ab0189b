export { type OwnReverse, type OwnZoneArgs, ownZone } from "./cloud";
