import "../internal/need-pulumi";

export { type GandiArgs, GandiRecord, type GandiRecordArgs, gandi } from "./dns";
