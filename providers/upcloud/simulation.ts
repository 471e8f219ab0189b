import {
  type ApiResponse,
  bodyMember,
  looksLikeHostname,
  type SimulatedApi,
} from "../internal/simulation/simulated-api";

const TOKEN = "upcloud-secret-token";

function refusal(status: number, error_code: string, error_message: string): ApiResponse {
  return { status, json: { error: { error_code, error_message } } };
}

/** The PTR is a field of the address; it cannot be emptied. */
export const upcloud: SimulatedApi = {
  name: "upcloud",
  config: { "upcloud:token": TOKEN },
  handle: ({ method, path, headers, body }, zones) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) {
      return refusal(401, "AUTHENTICATION_FAILED", "Authentication failed using the given username and password.");
    }
    const address = /^\/1\.3\/ip_address\/([^/]+)$/.exec(path)?.[1];
    if (address === undefined) return refusal(404, "NOT_FOUND", "The requested resource does not exist.");
    if (!zones.holds(address)) {
      return refusal(404, "IP_ADDRESS_NOT_FOUND", `The IP address ${address} does not exist.`);
    }
    if (method === "PATCH") {
      const wanted = bodyMember(body, "ip_address", "ptr_record");
      if (!looksLikeHostname(wanted)) {
        return refusal(400, "PTR_RECORD_INVALID", "The attribute ptr_record has an invalid value.");
      }
      zones.setPtr(address, wanted);
    } else if (method !== "GET") {
      return refusal(405, "METHOD_NOT_ALLOWED", "The method is not allowed.");
    }
    return {
      status: method === "PATCH" ? 202 : 200,
      json: {
        ip_address: {
          access: "public",
          address,
          family: address.includes(":") ? "IPv6" : "IPv4",
          mac: "da:45:c4:5c:31:f3",
          ptr_record: zones.ptr(address) ?? "",
          server: "009d64ef-31d1-4684-a26b-c86c955cbf46",
          zone: "fi-hel2",
        },
      },
    };
  },
};
