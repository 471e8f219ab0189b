/** What resources of Kubernetes mean in anybody's stack, whichever cloud it runs in. */
import type { StackFacts } from "../../stack-facts";
import { isObject, objectsAt, type StackResource, textAt } from "./stack-resource";

export const kubernetesResources: StackFacts = {
  resources: {
    // A block of Terraform is a list of one; its ports are called "port", as is the number of each.
    "kubernetes:core:Service": {
      addresses: ["status[].loadBalancer[].ingress[].ip"],
      network: {
        is: "firewall",
        rules: ["spec[].ports[]", "spec[].port[]"].map((list) => ({
          list,
          direction: "in",
          ports: ["port"],
          protocol: "protocol",
          isPublic: isInternetFacing,
        })),
        selects: "kubernetes",
        title: "a Kubernetes Service",
      },
      terraform: ["kubernetes_service", "kubernetes_service_v1"],
    },
  },
  sources: [
    { source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/", date: "2026-11-22" },
  ],
};

/** Clouds have annotations of their own for a load balancer that only a private network reaches. */
function isInternetFacing({ properties }: StackResource): boolean {
  if (textAt(properties, "spec[].type") !== "LoadBalancer") return false;
  return !objectsAt(properties, "metadata[].annotations")
    .filter(isObject)
    .flatMap((annotations) => Object.entries(annotations))
    .some(([name, value]) => /internal/i.test(`${name} ${String(value)}`) && String(value) !== "false");
}
