// The list of all checkers, by name, in the order in which reports show their findings: what points at a cause before what follows from it.

import type { RunRecord } from '../model/run.ts';
import { backlog } from './backlog.ts';
import type { Checker } from './checker.ts';
import { clock } from './clock.ts';
import { deadLetters } from './dead-letters.ts';
import { deadlocks } from './deadlocks.ts';
import { effectsComplete } from './effects-complete.ts';
import { deadLettersAccounted } from './events/dead-letters-accounted.ts';
import { orderEvents } from './events/order-events.ts';
import { experiment } from './experiment.ts';
import { chaosComplete, faultsHealed, faultsStruck } from './faults/faults.ts';
import { finalReadsAgree } from './final-reads-agree.ts';
import { generator, generatorExit } from './generator.ts';
import { filesReadable, finalReadsComplete, historyComplete } from './history-complete.ts';
import { httpStepTime } from './http-step-time.ts';
import { interruption } from './interruption.ts';
import { loadLevel } from './load-level.ts';
import { messagesAtRisk } from './messages/messages-at-risk.ts';
import { noMessageDuplicated } from './messages/no-message-duplicated.ts';
import { noMessageLost } from './messages/no-message-lost.ts';
import { noMessageUnexpected } from './messages/no-message-unexpected.ts';
import { queuesEmpty } from './messages/queues-empty.ts';
import { streamed } from './messages/streamed.ts';
import { noEffectDuplicated } from './no-effect-duplicated.ts';
import { noOrderContradicted } from './no-order-contradicted.ts';
import { noOrderLost } from './no-order-lost.ts';
import { noOrderStuck } from './no-order-stuck.ts';
import { operationsConservation } from './operations-conservation.ts';
import { orderConservation, orderRows } from './order-conservation.ts';
import { orderContents } from './order-contents.ts';
import { orderFailures } from './order-failures.ts';
import { orderIds } from './order-ids.ts';
import { orderCompletionTime, orderFlowTime } from './order-time.ts';
import { ordersCompleted } from './orders-completed.ts';
import { probeRate } from './recovery/probe-rate.ts';
import { recoveryTime, relapse } from './recovery/recovery-time.ts';
import { generatorDelay } from './saturation.ts';
import { settled } from './settled.ts';
import { stepErrors } from './step-errors.ts';
import { timelineComplete } from './timeline-complete.ts';
import { totalsBalance } from './totals-balance.ts';
import { troubles } from './troubles.ts';

export const ALL_CHECKERS: Readonly<Record<string, Checker>> = {
  interruption,
  experiment,
  generator,
  loadLevel,
  generatorDelay,
  historyComplete,
  finalReadsComplete,
  filesReadable,
  clock,
  settled,
  chaosComplete,
  faultsStruck,
  faultsHealed,
  probeRate,
  recoveryTime,
  relapse,
  operationsConservation,
  ordersCompleted,
  orderConservation,
  orderRows,
  finalReadsAgree,
  noOrderLost,
  noOrderContradicted,
  orderIds,
  orderContents,
  noEffectDuplicated,
  effectsComplete,
  orderEvents,
  totalsBalance,
  deadLetters,
  deadLettersAccounted,
  deadlocks,
  noOrderStuck,
  backlog,
  stepErrors,
  orderFailures,
  httpStepTime,
  orderCompletionTime,
  orderFlowTime,
  timelineComplete,
  troubles,
};

/** For runs whose subject is messages: none of the checkers of orders has anything to say there. */
export const MESSAGE_CHECKERS: Readonly<Record<string, Checker>> = {
  interruption,
  generatorExit,
  historyComplete,
  finalReadsComplete,
  chaosComplete,
  filesReadable,
  clock,
  operationsConservation,
  faultsHealed,
  noMessageLost,
  noMessageUnexpected,
  noMessageDuplicated,
  queuesEmpty,
  faultsStruck,
  messagesAtRisk,
  streamed,
  timelineComplete,
  troubles,
};

/** The checkers that a run is judged by: those of its subject. */
export function checkersFor({ messages }: RunRecord): Readonly<Record<string, Checker>> {
  return messages === undefined ? ALL_CHECKERS : MESSAGE_CHECKERS;
}
