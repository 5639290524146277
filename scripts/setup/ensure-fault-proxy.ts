// The fault proxy of the embedded platform (Toxiproxy), built from its Go module at the version that testbed/fault-proxy/go.mod names.

import { fileURLToPath } from 'node:url';
import { ensureGoBinary, type GoProgram } from './go-binary.ts';

const FAULT_PROXY: GoProgram = {
  name: 'toxiproxy-server',
  about: 'the fault proxy Toxiproxy',
  module: fileURLToPath(new URL('../../testbed/fault-proxy', import.meta.url)),
  main: 'github.com/Shopify/toxiproxy/v2/cmd/server',
};

/** Path of the binary; builds it first when need be (some seconds). Throws StampedeError 69. */
export function ensureFaultProxy(): Promise<string> {
  return ensureGoBinary(FAULT_PROXY);
}
