// Whether the load generator did its work: ended by itself, threw no exceptions, and drove orders to their end.

import type { Finding } from '../model/finding.ts';
import { PROBE_STAGE } from '../model/probe.ts';
import type { GeneratorExit, RunRecord } from '../model/run.ts';
import type { Checker } from './checker.ts';
import type { Evidence, OrderRecord } from './evidence.ts';
import { flawsOf } from './record-flaws.ts';
import { some } from './wording.ts';

/** k6's exit codes that tell of a defect of the scenario or of k6, not of the target. Source: k6 errext/exitcodes. */
const DEFECTS: Readonly<Record<number, string>> = {
  2: 'a panic in k6 or in the extension',
  100: 'a timeout of setup',
  101: 'a timeout of setup or teardown',
  102: 'a timeout',
  104: 'an invalid configuration',
  107: 'an exception in the scenario outside of iterations',
  108: 'an abort by the scenario',
  109: 'a panic in k6',
  110: 'a failure declared by the scenario',
};
/** k6 says by these that it was stopped (105) or that thresholds of its own were crossed (99); neither is a defect. */
const STOPPED = 105;
const THRESHOLDS_CROSSED = 99;

export const generator: Checker = (evidence, bounds) => [
  ...generatorExit(evidence, bounds),
  ...[noOrders(evidence), sharedKeys(evidence), aimlessOrders(evidence)].filter((finding) => finding !== undefined),
];

/** The part of it that holds for every scenario, whatever its operations are about. */
export const generatorExit: Checker = (evidence) => [
  ...exitFindings(evidence.run),
  ...[exceptions(evidence)].filter((finding) => finding !== undefined),
];

const suiteFailure = (message: string): Finding => ({
  id: 'generator',
  kind: 'suite',
  status: 'fail',
  promised: true,
  message,
});

const unmeasured = (message: string): Finding => ({
  id: 'generator',
  kind: 'measurement',
  status: 'inconclusive',
  promised: true,
  message,
});

function exitFindings(run: RunRecord): readonly Finding[] {
  if (run.generators.length === 0) return [unmeasured('no load generator has run to an end')];
  return run.generators.map((exit) => judgeExit(exit, run));
}

function judgeExit({ generator: name, exitCode, signal }: GeneratorExit, run: RunRecord): Finding {
  if (exitCode === 0 || exitCode === THRESHOLDS_CROSSED || (exitCode === STOPPED && run.interruption !== null)) {
    const message = exitCode === STOPPED ? `${name} stopped when it was told to` : `${name} ran to its end`;
    return { id: 'generator', kind: 'measurement', status: 'pass', promised: true, message };
  }
  if (exitCode === null) return unmeasured(`${name} was ended by ${signal ?? 'something unknown'}: see k6.log`);
  const defect = DEFECTS[exitCode];
  if (defect !== undefined) return suiteFailure(`${name} exited ${exitCode}: ${defect}; see k6.log`);
  return unmeasured(`${name} exited ${exitCode}: see k6.log`);
}

/** Only a whole history shows that nothing was begun; of a missing or cut one that is not known. */
function noOrders({ history, run }: Evidence): Finding | undefined {
  if (history.orders.size > 0 || history.suiteDefects > 0 || run.interruption !== null) return undefined;
  if (flawsOf(history.condition).length > 0) return undefined;
  return suiteFailure('no order was begun: every iteration may have thrown; see k6.log');
}

function exceptions({ history }: Evidence): Finding | undefined {
  if (history.suiteDefects === 0) return undefined;
  const first = history.suiteDefectMessages[0] ?? 'without a message';
  return suiteFailure(`${some(history.suiteDefects, 'exception')} in the scenario, the first: ${first}`);
}

function sharedKeys({ history }: Evidence): Finding | undefined {
  if (history.sharedKeys === 0) return undefined;
  return suiteFailure(`${some(history.sharedKeys, 'order id')} used by two virtual users: orders cannot be told apart`);
}

/** Orders whose flow broke off though nothing had failed. In a run that nobody stopped, only an exception does that. */
function aimlessOrders({ history, run }: Evidence): Finding | undefined {
  if (run.interruption !== null || history.orders.size === 0) return undefined;
  const aimless = Array.from(history.orders.values()).filter(brokeOff).length;
  if (aimless === 0) return undefined;
  const message = `${aimless} of ${some(history.orders.size, 'order')} broke off between two steps though nothing had failed; see k6.log`;
  return aimless === history.orders.size ? suiteFailure(message) : unmeasured(message);
}

/** A probe goes no further when its time is up. */
function brokeOff(order: OrderRecord): boolean {
  if (order.stage === PROBE_STAGE) return false;
  return order.lastOutcome === 'ok' && order.awaited === 'no';
}
