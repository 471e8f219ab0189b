import type { ProviderFacts } from "../provider";
import { stack } from "./stack";

export const facts: ProviderFacts = {
  name: "bunny",
  stack,
};
