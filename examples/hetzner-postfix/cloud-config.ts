/**
 * User data for cloud-init that installs Postfix on Debian. `main.cf` is written before the package is installed, and
 * Debian's package keeps one that is there: this Postfix never runs with another one.
 * @param hostname of the machine
 * @param mainCf what the mail server must be told: the text that `mtaConfig("postfix")` gives
 */
export function cloudConfig(hostname: string, mainCf: string): string {
  const local = [
    "compatibility_level = 3.6",
    "# Mail of this machine alone; a server that takes mail from others needs more than this.",
    "inet_interfaces = loopback-only",
    "mynetworks = 127.0.0.0/8 [::1]/128",
    "mydestination = $myhostname, localhost",
  ];
  const config = {
    fqdn: hostname,
    write_files: [{ path: "/etc/postfix/main.cf", content: `${local.join("\n")}\n${mainCf}` }],
    package_update: true,
    packages: ["postfix"],
    runcmd: [["newaliases"]],
  };
  // JSON is YAML.
  return `#cloud-config\n${JSON.stringify(config, null, 2)}\n`;
}
