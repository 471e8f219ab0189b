import { inspectName } from "../../fcrdns/names/inspect-name";
import { soundsLikeMail } from "../../providers/internal/stack/mail-use";
import { resourceName, textAt } from "../../providers/internal/stack/stack-resource";
import { rule } from "../rule";
import { displayName } from "../stack-view";

export const dropletName = rule({
  name: "fcrdns-droplet-name",
  requirement: "A droplet that sends mail is named with its full host name.",
  severity: "medium",
  level: "advisory",
  cause:
    "The name of a DigitalOcean droplet that an MX or SPF record names, or that is called after mail, is no full host name.",
  explanation:
    "DigitalOcean makes the droplet's name its PTR when it is a full host name, and there is no other way to set one.",
  fix: 'Set `name: "mail.example.com"` on the droplet; renaming happens in place.',
  source: "https://docs.digitalocean.com/products/droplets/how-to/manage-rdns/",
  preview: "yes",
  check: ({ stack }) =>
    stack.ofType("digitalocean:index/droplet:Droplet").flatMap((droplet) => {
      const given = textAt(droplet.properties, "name");
      if (given === undefined) return [];
      // As much of it as a name can have, and a little more.
      const name = given.slice(0, 300);
      const autonamed = name.startsWith(`${resourceName(droplet)}-`) && /-[0-9a-f]{7}$/.test(name);
      if (!autonamed && inspectName(name).valid) return [];
      const ip = textAt(droplet.properties, "ipv4Address") ?? null;
      const ips = [ip, textAt(droplet.properties, "ipv6Address") ?? null];
      // Most droplets have nothing to do with mail.
      if (!soundsLikeMail(name) && !stack.mail.isNamed({ urn: droplet.urn, ips })) return [];
      const why = autonamed ? "is a name that Pulumi made up" : "is no full host name";
      return [
        {
          urn: droplet.urn,
          ip,
          message: `${displayName(droplet)} is named "${inspectName(name).hostname.slice(0, 300)}", which ${why}: it gets no PTR that mail could be sent with.`,
        },
      ];
    }),
});
