// A target that turned every order away at one step: what to say about it instead of a verdict, which would blame the platform for a wrong address.

import type { FoldedHistory } from '../lib/checkers/evidence.ts';
import { firstOrders, type Refusal, type RefusalKind } from '../lib/checkers/first-orders.ts';
import { some } from '../lib/checkers/wording.ts';
import type { BaseUrls, FlowStep, OrderDraft } from '../lib/flows/flow.ts';
import { FLOWS } from '../lib/flows/index.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import type { RunRecord } from '../lib/model/run.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';

/** Stands for any order, so that the address of a step can be shown. */
const ANY_ORDER: OrderDraft = {
  customerId: '{customerId}',
  content: { lineItems: [{ sku: '{sku}', quantity: 1, unitPriceCents: null }] },
  cartId: '{cartId}',
  checkoutId: '{checkoutId}',
  orderId: '{orderId}',
};

const QUESTION: Readonly<Record<RefusalKind, (name: string) => string>> = {
  address: (name) => `Is http.baseUrls.${name} in the target file right?`,
  rights: (name) => `Does http.baseUrls.${name} want credentials, and has the target file the right ones?`,
};

/** Throws a StampedeError 69 when no order got past one step, and the answers there speak of the address or of missing rights. */
export function refuseTurnedAway(run: RunRecord, history: FoldedHistory, directory: string): void {
  const told = firstOrders(history);
  if (typeof told === 'string') return;
  throw new StampedeError(sayTurnedAway(told, run), {
    exitCode: EXIT.unavailable,
    hint: `${QUESTION[told.kind](baseUrlOf(told, run)?.name ?? '…')} No verdict was made; the run stands in ${directory}`,
  });
}

/** One sentence: how many, where, with what answer. */
export function sayTurnedAway(refusal: Refusal, run: RunRecord): string {
  const answers = refusal.codes.map((code) => code.replace('login_', 'login: ').replace('http_', 'HTTP ')).join(' or ');
  const where = baseUrlOf(refusal, run)?.address ?? 'an address that this version does not know';
  return `all ${some(refusal.orders, 'order')} were turned away with ${answers} at the step ${refusal.step}: ${where}`;
}

/** The base URL behind a step, by its name in the target file, and the whole address; `undefined` for a flow of another version. */
function baseUrlOf({ step: f }: Refusal, { target }: RunRecord): { name: string; address: string } | undefined {
  const flow = Object.entries(FLOWS).find(([name]) => name === target.flow)?.[1]();
  const step = flow?.steps.find((each) => each.f === f);
  if (step === undefined) return undefined;
  const names = { shopping: 'shopping', orders: 'orders' };
  const [name = ''] = addressOf(step, names).split('/');
  const { method } = step.call(names, ANY_ORDER);
  return { name, address: `${method} ${addressOf(step, { ...names, ...target.baseUrls })}` };
}

function addressOf(step: FlowStep, urls: BaseUrls): string {
  return step.call(urls, ANY_ORDER).url;
}
