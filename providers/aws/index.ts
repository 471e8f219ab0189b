import "./sdk";

export { type AwsArgs, aws, type NewElasticIp } from "./cloud";
export { type Route53Args, route53 } from "./dns";
