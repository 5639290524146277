-- Shopping: catalogue, carts and checkouts. Publishes nothing; checkouts are registered with orders-api over HTTP.
create schema if not exists shopping;

create table if not exists shopping.products (
  sku text primary key,
  unit_price_cents integer not null check (unit_price_cents >= 0)
);

-- One cart per customer, and so one order: initializing again gives the same cart.
create table if not exists shopping.carts (
  cart_id uuid primary key,
  customer_id uuid not null unique,
  created_at timestamptz not null default now(),
  checked_out_at timestamptz
) with (fillfactor = 80);

-- No foreign key to the catalogue: items are taken from it, and each check would lock a row that all carts share.
create table if not exists shopping.cart_items (
  cart_id uuid not null references shopping.carts,
  sku text not null,
  quantity integer not null check (quantity > 0),
  unit_price_cents integer not null check (unit_price_cents >= 0),
  primary key (cart_id, sku)
);

create table if not exists shopping.checkouts (
  checkout_id uuid primary key,
  cart_id uuid not null unique references shopping.carts,
  customer_id uuid not null,
  order_id uuid not null unique,
  shipping_address jsonb,
  shipping_method text,
  shipping_cost_cents integer,
  payment_method_token text,
  created_at timestamptz not null default now()
) with (fillfactor = 70);

-- SKU-007 costs 7.00.
insert into shopping.products (sku, unit_price_cents)
select 'SKU-' || lpad(n::text, 3, '0'), n * 100 from generate_series(1, 50) as n
on conflict do nothing;
insert into shopping.products (sku, unit_price_cents) values ('SKU-SOLD-OUT', 100) on conflict do nothing;
