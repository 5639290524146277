// The flows by the name that a target file gives them.

import { checkoutFlow } from './checkout.ts';
import type { Flow } from './flow.ts';
import { seedFlow } from './seed.ts';

/** Each is made when it is asked for: a thousand virtual users keep whatever their script makes, and need one flow. */
export const FLOWS: Readonly<Record<'seed' | 'checkout', () => Flow>> = { seed: seedFlow, checkout: checkoutFlow };
