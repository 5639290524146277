// The history's writer inside k6 (extension/ledger).

export type { Operation } from 'k6/x/ledger';
export { default as ledger } from 'k6/x/ledger';
