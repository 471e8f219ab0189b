/** Names that are known to be somebody else's: nobody but their owner can add records to them. */
import { cloudDefaultOf } from "./cloud-defaults";
import { mailServiceOf } from "./mail-services";

export interface NameOwner {
  readonly name: string;
  /** A mail service's own name, or the default that a provider gives to its customers' addresses. */
  readonly as: "service" | "provider";
}

/** Whose a name is, where it is known to be a mail service's or a provider's. */
export function foreignOwnerOf(name: string): NameOwner | undefined {
  const service = mailServiceOf(name);
  if (service !== undefined) return { name: service, as: "service" };
  const cloud = cloudDefaultOf(name);
  return cloud === null ? undefined : { name: cloud.entry.provider, as: "provider" };
}
