/** Why there was no answer, from the error of `fetch`, and the fix. */

export interface NoAnswer {
  readonly why: string;
  /** Whether it may be transient. */
  readonly passing: boolean;
  /** The request may have reached the API. */
  readonly sent: boolean;
  /** What to do; undefined: run it again. */
  readonly nextStep?: string;
}

const UNTRUSTED =
  "if a proxy or a private authority signed it, run this with NODE_EXTRA_CA_CERTS=FILE, the file with that authority's " +
  "certificate (PEM); never disable the verification";
const OTHER_NAME = "check `endpoint` and `tokenEndpoint`: the certificate there is for another name";

/** What Node says of a certificate (`openssl verify`), and what to do; none of it is transient. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_REJECTED: UNTRUSTED,
  INVALID_CA: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_NAME,
  HOSTNAME_MISMATCH: OTHER_NAME,
  CERT_HAS_EXPIRED:
    "check the clock of this machine; if it is right, whoever runs the endpoint must renew the certificate",
  CERT_NOT_YET_VALID: "check the clock of this machine",
  CERT_REVOKED: "do not continue: whoever runs the endpoint has revoked its certificate",
};

/** The connection was never made, so nothing was sent. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const UNREACHED =
  "check this machine's network, and `endpoint` and `tokenEndpoint` if you set them, then run this again";

/** @param timeoutSeconds how long one request was given */
export function noAnswer(error: unknown, timeoutSeconds: number): NoAnswer {
  if (error instanceof Error && error.name === "TimeoutError") {
    return { why: `no answer within ${timeoutSeconds} s`, passing: true, sent: true };
  }
  const cause = causeOf(error);
  const code = codeOf(cause);
  const why = `no answer: ${cause instanceof Error ? cause.message : String(cause)}${code === "" ? "" : ` (${code})`}`;
  const certificate = CERTIFICATES[code];
  if (certificate !== undefined) {
    return {
      why: why.replace(/^no answer/, "its certificate is not accepted"),
      passing: false,
      sent: false,
      nextStep: certificate,
    };
  }
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) {
    const nextStep = "check `endpoint` and `tokenEndpoint`: the server there does not speak TLS as an API would";
    return { why, passing: false, sent: false, nextStep };
  }
  if (NOT_CONNECTED.has(code)) return { why, passing: true, sent: false, nextStep: UNREACHED };
  return { why, passing: true, sent: true };
}

/** `fetch` wraps what happened; of several attempts (IPv6, IPv4) the first tells it. */
function causeOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
