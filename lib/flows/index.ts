// The flows by the name that a target file gives them.

import { checkoutFlow } from './checkout.ts';
import type { Flow } from './flow.ts';
import { seedFlow } from './seed.ts';

export const FLOWS: Readonly<Record<'seed' | 'checkout', Flow>> = { seed: seedFlow, checkout: checkoutFlow };
