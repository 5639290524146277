-- Orders: drafts registered at checkout, orders with their saga's state, and the history of every state they passed.
create schema if not exists orders;

create table if not exists orders.drafts (
  order_id uuid primary key,
  customer_id uuid not null,
  line_items jsonb not null,
  amount_cents integer not null check (amount_cents >= 0),
  created_at timestamptz not null default now()
);

create table if not exists orders.orders (
  order_id uuid primary key,
  customer_id uuid not null unique,
  line_items jsonb not null,
  amount_cents integer not null check (amount_cents >= 0),
  shipping_address jsonb not null,
  shipping_method text not null,
  payment_method_token text not null,
  status text not null,
  placed_at timestamptz not null default now()
) with (fillfactor = 60);

-- The state machine only goes forward, so an order passes a state once.
create table if not exists orders.order_history (
  order_id uuid not null references orders.orders,
  status text not null,
  cause text not null,
  entered_at timestamptz not null default clock_timestamp(),
  primary key (order_id, status)
);
