/** What `pulumi config set` takes for these clouds. */
export const ticketConfigKeys = {
  address: "the IPv4 address; required",
  ipv6Address: "the IPv6 address",
  ticket: "what the provider wants to know: { service, account, email, purpose, volume, mta, abuse, controls, tried }",
} as const;
