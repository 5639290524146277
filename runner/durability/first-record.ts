// run.json as a run about messages begins it.

import { MESSAGE_QUEUE } from '../../lib/model/message.ts';
import { RUN_VERSION, type RunRecord } from '../../lib/model/run.ts';
import { durabilityProfile } from '../../lib/workload/durability-profile.ts';
import type { SteadyClock } from '../clock.ts';
import { PUBLISHERS } from './message-plan.ts';
import type { MessageRequest } from './message-request.ts';

interface Beginning {
  readonly runId: string;
  readonly clock: SteadyClock;
  readonly versions: RunRecord['versions'];
}

/** Nothing is done yet. What was planted on purpose is named, so that no report hides it. */
export function firstRecord(request: MessageRequest, { runId, clock, versions }: Beginning): RunRecord {
  const { told } = request;
  const planted = [
    ...(told.queueType === 'quorum' ? [] : [`${told.queueType}-queue`]),
    ...(told.confirms ? [] : ['without-confirms']),
  ];
  return {
    v: RUN_VERSION,
    run: runId,
    suiteVersion: request.suiteVersion,
    scenario: request.scenario,
    profile: durabilityProfile(told.mode, PUBLISHERS, told.mode === 'streaming' ? request.streamMs / 1000 : 0),
    seed: 0,
    target: {
      name: request.targetName,
      embedded: true,
      flow: MESSAGE_QUEUE,
      baseUrls: {},
      capabilities: ['broker'],
      waivers: [],
      ...(planted.length === 0 ? {} : { plantedDefects: planted }),
    },
    bounds: request.bounds,
    startedMs: clock.nowMs(),
    endedMs: null,
    load: null,
    settle: null,
    messages: { ...told, drain: null },
    generators: [],
    interruption: null,
    clocks: [clock.start],
    versions,
    troubles: [],
  };
}
