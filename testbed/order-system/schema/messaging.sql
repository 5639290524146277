-- Outbox and inbox of the context whose schema comes first in the search path.

-- What this context has to publish; a row is deleted when the broker has confirmed the message and has not returned it.
-- Until `due_at` the row is on loan to the process that wrote or claimed it.
create table if not exists outbox (
  message_id uuid primary key,
  type text not null,
  correlation_id uuid not null,
  body text not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now() + interval '3 seconds'
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index if not exists outbox_due_at on outbox (due_at);

-- Messages whose effect this context has committed.
create table if not exists inbox (
  message_id uuid not null,
  queue text not null,
  received_at timestamptz not null default now(),
  primary key (message_id, queue)
);
