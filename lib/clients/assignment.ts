// What this virtual user is to do: read once, in the init code of its scenario.

import { type LoadPlan, PLAN_VARIABLE } from '../config/load-plan.ts';
import { type LoadSecrets, SECRETS_VARIABLE } from '../config/load-secrets.ts';
import { FLOWS } from '../flows/index.ts';

export const plan = JSON.parse(open(__ENV[PLAN_VARIABLE] ?? 'load-plan.json')) as LoadPlan;
export const secrets = JSON.parse(__ENV[SECRETS_VARIABLE] ?? '{"headers":{},"secrets":[]}') as LoadSecrets;
export const flow = FLOWS[plan.flow]();
