import {
  bodyMember,
  looksLikeHostname,
  type ReverseZones,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const TOKEN = "hostinger-secret-token";
const MACHINE = 1268054;
const FIRST_ADDRESS_ID = 246547;

function machine(zones: ReverseZones): unknown {
  const entries = zones
    .addresses()
    .map((address, index) => ({ id: FIRST_ADDRESS_ID + index, address, ptr: zones.ptr(address) }));
  return {
    id: MACHINE,
    hostname: "srv1268054.hstgr.cloud",
    state: "running",
    ipv4: entries.filter(({ address }) => !address.includes(":")),
    // The API spells IPv6 in its own way.
    ipv6: entries
      .filter(({ address }) => address.includes(":"))
      .map((entry) => ({ ...entry, address: entry.address.toUpperCase() })),
  };
}

function action(name: string, state: string): unknown {
  return { id: 8123712, name, state, created_at: "2026-08-21T11:54:00Z", updated_at: "2026-08-21T11:58:00Z" };
}

/** A change is an action that is first sent and has succeeded when it is looked at again. */
export const hostinger: SimulatedApi = {
  name: "hostinger",
  config: { "hostinger:token": TOKEN },
  handle: ({ method, path, headers, body }, zones) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) {
      return { status: 401, json: { message: "Unauthenticated", correlation_id: "26a91bd9" } };
    }
    const root = "/api/vps/v1/virtual-machines";
    if (method === "GET" && path === root) return { status: 200, json: [machine(zones)] };
    if (method === "GET" && path === `${root}/${MACHINE}`) return { status: 200, json: machine(zones) };
    if (method === "GET" && path.startsWith(`${root}/${MACHINE}/actions/`)) {
      return { status: 200, json: action("ptr", "success") };
    }
    const id = new RegExp(`^${root}/${MACHINE}/ptr/(\\d+)$`).exec(path)?.[1];
    const address = zones.addresses()[Number(id) - FIRST_ADDRESS_ID];
    if (id === undefined || address === undefined) {
      return { status: 404, json: { message: "Not found", correlation_id: "26a91bd9" } };
    }
    if (method === "DELETE") {
      zones.setPtr(address, null);
      return { status: 200, json: action("delete_ptr", "delayed") };
    }
    const domain = bodyMember(body, "domain");
    if (!looksLikeHostname(domain)) {
      return {
        status: 422,
        json: {
          message: "The domain field must be a valid domain.",
          errors: { domain: ["The domain field must be a valid domain."] },
          correlation_id: "26a91bd9",
        },
      };
    }
    zones.setPtr(address, domain);
    return { status: 200, json: action("create_ptr", "sent") };
  },
};
