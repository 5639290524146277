// Uses the ledger where there is none yet.

import { begin } from 'k6/x/ledger';

begin({ f: 'complete', key: 'too early' });

export function order() {}
