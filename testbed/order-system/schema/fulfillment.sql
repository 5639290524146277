-- Fulfillment: what the warehouse has been asked to ship.
create schema if not exists fulfillment;

create table if not exists fulfillment.requests (
  request_key text primary key,
  order_id uuid not null,
  line_items jsonb not null,
  shipping_address jsonb not null,
  shipping_method text not null,
  requested_at timestamptz not null default now()
);
create index if not exists requests_order_id on fulfillment.requests (order_id);
