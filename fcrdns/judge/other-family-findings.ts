import type { Found } from "./found";
import type { Judged } from "./judged";
import { unreached } from "./ptr-findings";

/** The addresses of the same host that mail may leave from as well. */
export function otherFamilyFindings({ others }: Judged): Found[] {
  return others.flatMap(({ other, status, trip }): Found[] => {
    if (status === "pass") return [];
    const { name, ip, ptr: lookup } = other;
    if (status === "unknown") {
      const silent = [...trip.ptr.silent, ...[...trip.names.values()].flatMap(({ own }) => own.silent)];
      const seen = { kind: "other-address-unanswered", name, ip, silent } as const;
      const unanswered = unreached(silent, { kind: "reverse-operator", lookup });
      const step = { kind: "as-for", rule: "ptr-unanswered" } as const;
      return [{ rule: "other-family-unanswered", seen, step, ...unanswered }];
    }
    const seen = { kind: "other-address-fails", name, ip, ptr: trip.ptr, ptrNames: trip.ptrNames } as const;
    const step = { kind: "cover-or-remove", ip, name, type: ip.includes(":") ? "AAAA" : "A" } as const;
    return [{ rule: "other-family-uncovered", seen, step, owner: { kind: "address-owner", ip, lookup } }];
  });
}
