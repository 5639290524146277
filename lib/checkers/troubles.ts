// Things that went wrong in the suite's own work without ending the run: they explain what could not be measured.

import type { Checker } from './checker.ts';

export const troubles: Checker = ({ run }) =>
  run.troubles.map(({ where, message }) => ({
    id: 'trouble',
    kind: 'measurement',
    status: 'inconclusive',
    promised: false,
    message: `${where}: ${message}`,
  }));
