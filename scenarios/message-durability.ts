// Message durability: publishers with confirms, and consumers with acknowledgements, over one queue. Run by `stampede durability`.

import { Conductor } from '../lib/clients/messages/conductor.ts';
import { consumeMessages } from '../lib/clients/messages/consume-messages.ts';
import { publishMessages } from '../lib/clients/messages/publish-messages.ts';
import { PLAN_VARIABLE } from '../lib/config/load-plan.ts';
import type { MessagePlan } from '../lib/config/message-plan.ts';
import { amqp } from '../lib/k6/amqp.ts';
import { ledger } from '../lib/k6/ledger.ts';
import { SUITE_DEFECT } from '../lib/model/history.ts';

const plan = JSON.parse(open(__ENV[PLAN_VARIABLE] ?? 'load-plan.json')) as MessagePlan;

/** Every virtual user has a connection of its own, and begins at another node. */
const first = __VU % plan.urls.length;
const client = amqp.client({
  urls: [...plan.urls.slice(first), ...plan.urls.slice(0, first)],
  user: plan.user,
  passwordFrom: plan.passwordFrom,
  vhost: plan.vhost,
  name: `stampede durability ${plan.run}`,
  reconnect: { initialMs: 100, maxMs: 1000 },
});

const each = { executor: 'per-vu-iterations', iterations: 1, maxDuration: `${plan.limitS}s`, gracefulStop: '15s' };

export const options = {
  scenarios: {
    publishers: { ...each, exec: 'publish', vus: plan.publishers },
    ...(plan.consumers === 0 ? {} : { consumers: { ...each, exec: 'consume', vus: plan.consumers } }),
  },
  systemTags: ['status', 'error_code'],
};

export function publish(): Promise<void> {
  const channel = client.channel({ confirm: plan.confirms });
  return guarded(() =>
    publishMessages({ plan, channel, conductor: new Conductor(plan.conductorUrl), publisher: __VU }),
  );
}

export function consume(): Promise<void> {
  const process = `vu${__VU}`;
  const conductor = new Conductor(plan.conductorUrl);
  return guarded(() => consumeMessages({ plan, channel: client.channel(), conductor, process }));
}

/** What goes wrong in the suite itself is written down, so that no verdict can overlook it. */
async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    ledger.begin({ f: SUITE_DEFECT, key: plan.run }).info({ code: 'exception', message: String(cause) });
    throw cause;
  }
}
