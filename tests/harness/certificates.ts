// Certificates for tests: an authority of their own, and what it signs. Made by openssl, valid for a day.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'pipe' });

/** A new authority called `name`, its files in `folder`. */
export function makeAuthority(folder: string, name: string): Certificate {
  const made = filesOf(folder, name);
  const out = ['-keyout', made.keyFile, '-out', made.certFile];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
    '-subj',
    `/CN=${name}`,
    ...out,
  );
  return made;
}

/** A certificate for `subject` (as openssl writes it: `DNS:localhost`, `IP:127.0.0.1`), signed by `authority`. */
export function sign(authority: Certificate, folder: string, subject: string): Certificate {
  const name = subject.replace(/\W/g, '-');
  const made = filesOf(folder, name);
  const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  writeFileSync(extensions, `subjectAltName=${subject}\n`);
  openssl(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    made.keyFile,
    '-out',
    request,
  );
  const by = ['-CA', authority.certFile, '-CAkey', authority.keyFile, '-CAcreateserial'];
  openssl('x509', '-req', '-in', request, ...by, '-days', '1', '-extfile', extensions, '-out', made.certFile);
  return made;
}

function filesOf(folder: string, name: string): Certificate {
  return { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
}
