-- Inventory: stock on hand per SKU, and a ledger of what was committed to which order.
create schema if not exists inventory;

-- Few and often updated rows: room on the page keeps updates heap-only.
create table if not exists inventory.stock (
  sku text primary key,
  on_hand bigint not null check (on_hand >= 0)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table if not exists inventory.commitments (
  commitment_key text not null,
  sku text not null,
  order_id uuid not null,
  quantity integer not null check (quantity > 0),
  committed_at timestamptz not null default now(),
  primary key (commitment_key, sku)
);
create index if not exists commitments_order_id on inventory.commitments (order_id);

insert into inventory.stock (sku, on_hand)
select 'SKU-' || lpad(n::text, 3, '0'), 100000000 from generate_series(1, 50) as n
on conflict do nothing;
insert into inventory.stock (sku, on_hand) values ('SKU-SOLD-OUT', 0) on conflict do nothing;
