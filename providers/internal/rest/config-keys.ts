/** What `pulumi config set` takes for all of these clouds; their secrets have keys of their own. */
export const restConfigKeys = {
  address: "the IPv4 address; required",
  ipv6Address: "the IPv6 address",
  endpoint: "address of the API, where it is not the vendor's",
  tokenEndpoint: "address that hands out tokens, where it is not the vendor's",
} as const;
