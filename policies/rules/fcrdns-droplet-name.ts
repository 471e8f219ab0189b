import { inspectName } from "../../fcrdns/inspect-name";
import { resourceName, textAt } from "../../fcrdns/stack/stack-resource";
import { rule } from "../rule";
import { called } from "../stack-view";

export const dropletName = rule({
  name: "fcrdns-droplet-name",
  demand: "A droplet that sends mail is named with its full host name.",
  severity: "medium",
  level: "advisory",
  cause: "The name of a DigitalOcean droplet is no full host name, or Pulumi made it up.",
  explanation:
    "DigitalOcean makes the droplet's name its PTR when it is a full host name, and there is no other way to set one.",
  fix: 'Set `name: "mail.example.com"` on the droplet; renaming happens in place.',
  source: "https://docs.digitalocean.com/products/droplets/how-to/manage-rdns/",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("digitalocean:index/droplet:Droplet").flatMap((droplet) => {
      const name = textAt(droplet.properties, "name");
      if (name === undefined) return [];
      const autonamed = name.startsWith(`${resourceName(droplet)}-`) && /-[0-9a-f]{7}$/.test(name);
      if (!autonamed && inspectName(name).valid) return [];
      const why = autonamed ? "is a name that Pulumi made up" : "is no full host name";
      return [
        {
          urn: droplet.urn,
          ip: textAt(droplet.properties, "ipv4Address") ?? null,
          message: `${called(droplet)} is named "${inspectName(name).hostname}", which ${why}: it gets no PTR that mail could be sent with.`,
        },
      ];
    }),
});
