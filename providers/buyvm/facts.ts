import type { ProviderFacts } from "../provider";
import { buyvm as ticket } from "./ticket";

export const facts: ProviderFacts = {
  name: "buyvm",
  ticket,
};
