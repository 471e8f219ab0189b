import { PolicyPack } from "@pulumi/policy";
import { fcrdns } from "./fcrdns";

new PolicyPack("fcrdns", fcrdns({}, { onlyOurRules: true }));
