// Why a connection to the target failed, in plain words; TLS libraries only give codes.

export interface Refusal {
  /** Goes on behind the name of what was to be reached. */
  readonly reason: string;
  readonly hint: string;
}

type ConnectionError = Error & { readonly code?: string; readonly reason?: string };

const UNKNOWN_AUTHORITY = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
const OUT_OF_DATE = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
/** A server that wants a client certificate says so by an alert, which is often overtaken by the end of the connection. */
const CLOSED = new Set(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'UND_ERR_SOCKET', 'ECONNRESET']);
const NOTHING_LOADED = 'Nothing was loaded.';

/** `tlsField` names the part of the target file that speaks of this connection's certificates. */
export function refusalOf({ code = '', message, reason }: ConnectionError, tlsField: string): Refusal {
  if (UNKNOWN_AUTHORITY.has(code)) {
    return {
      reason: `has a certificate that no known authority signed (${code})`,
      hint: `Name the PEM file of its certificate authority in ${tlsField}.caFile of the target file. ${NOTHING_LOADED}`,
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      reason: `has a certificate for another name: ${reason ?? message}`,
      hint: `Use the name in the certificate as the address in the target file. ${NOTHING_LOADED}`,
    };
  }
  if (OUT_OF_DATE.has(code)) {
    return { reason: `has a certificate that is out of date (${code})`, hint: `Renew it. ${NOTHING_LOADED}` };
  }
  if (CLOSED.has(code)) {
    return {
      reason: `closed the connection: ${message}`,
      hint: `Over TLS a server does so when a client certificate is missing or not of its authority: see ${tlsField}.certFile and .keyFile of the target file. ${NOTHING_LOADED}`,
    };
  }
  return {
    reason: `cannot be reached: ${message || code}`,
    hint: `Is it running, and is the address in the target file right? ${NOTHING_LOADED}`,
  };
}
