-- Payments: a ledger of what was captured, declined and refunded.
create schema if not exists payments;

-- The key says which charge an entry is, as a card processor's idempotency key does: the same charge is booked once.
create table if not exists payments.entries (
  entry_key text primary key,
  order_id uuid not null,
  kind text not null check (kind in ('capture', 'decline', 'refund')),
  amount_cents integer not null check (amount_cents >= 0),
  recorded_at timestamptz not null default now()
);
create index if not exists entries_order_id on payments.entries (order_id);
