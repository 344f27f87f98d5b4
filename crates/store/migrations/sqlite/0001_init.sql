-- Portable columns only: ids TEXT, times INTEGER (microseconds UTC), money INTEGER (minor units), JSON TEXT, flags INTEGER.
-- `row` is the order of insertion: lists that are "oldest first" go by it.

create table meta (
  name text primary key,
  value text not null
) strict, without rowid;

-- Orders. `orders` is the list row, `order_doc` the whole record: lists never read the wide one.

create table orders (
  row integer primary key,
  id text not null unique,
  shop text not null,
  shop_order_id text not null,
  number text not null,
  revision integer not null check (revision >= 1),
  state text not null,
  stage text not null,
  placed_at integer not null,
  received_at integer not null,
  updated_at integer not null,
  editable_until integer,
  total integer not null,
  currency text not null,
  customer text not null,
  city text not null,
  country text not null,
  lines integer not null,
  units integer not null,
  held integer not null check (held in (0, 1)),
  problem text,
  edited integer not null check (edited in (0, 1)),
  tags text not null,
  warehouses text not null default '[]',
  carriers text not null default '[]',
  -- Without an edit window last, upwards and downwards. Columns, because a keyset comparison seeks in columns only.
  editable_up integer not null generated always as (coalesce(editable_until, 9223372036854775807)) virtual,
  editable_down integer not null generated always as (coalesce(editable_until, -9223372036854775808)) virtual,
  unique (shop, shop_order_id)
) strict;

-- One index per sort key, with the id that breaks ties.
create index orders_received on orders (received_at, id);
create index orders_placed on orders (placed_at, id);
create index orders_updated on orders (updated_at, id);
create index orders_total on orders (total, id);
create index orders_number on orders (number, id);
create index orders_editable_up on orders (editable_up, id);
create index orders_editable_down on orders (editable_down, id);
create index orders_stage on orders (stage, received_at, id);
create index orders_state on orders (state, received_at, id);
create index orders_shop_stage on orders (shop, stage, updated_at);

create table order_doc (
  order_id text primary key references orders (id),
  doc text not null
) strict;

create table order_line (
  order_id text not null references orders (id),
  position integer not null,
  sku text not null,
  quantity integer not null,
  kind text not null,
  primary key (order_id, position)
) strict, without rowid;

create index order_line_sku on order_line (sku, order_id);

-- Lower-cased words of an order and of its parcels; rowid is orders.row. Trigrams find any part of a word.
create virtual table order_search using fts5 (words, tracking, tokenize = 'trigram case_sensitive 1');

create table stage_count (
  shop text not null,
  stage text not null,
  orders integer not null check (orders >= 0),
  primary key (shop, stage)
) strict, without rowid;

create trigger orders_stage_of_new after insert on orders begin
  insert into stage_count (shop, stage, orders) values (new.shop, new.stage, 1)
    on conflict (shop, stage) do update set orders = orders + 1;
end;

create trigger orders_stage_of_old after update of shop, stage on orders
when old.stage <> new.stage or old.shop <> new.shop begin
  update stage_count set orders = orders - 1 where shop = old.shop and stage = old.stage;
  insert into stage_count (shop, stage, orders) values (new.shop, new.stage, 1)
    on conflict (shop, stage) do update set orders = orders + 1;
end;

create table plan (
  order_id text primary key references orders (id),
  doc text not null
) strict, without rowid;

-- Parts of orders and what is asked of partners.

create table fulfillments (
  row integer primary key,
  id text not null unique,
  order_id text not null references orders (id),
  warehouse text not null,
  reference text not null unique,
  revision integer not null check (revision >= 1),
  state text not null,
  state_since integer not null,
  doc text not null
) strict;

create index fulfillments_order on fulfillments (order_id, row);
create index fulfillments_warehouse on fulfillments (warehouse, state, state_since);
-- Serves "has a part in this warehouse" without reading the row.
create index fulfillments_parts on fulfillments (warehouse, order_id) where state <> 'cancelled';

create table fulfillment_count (
  warehouse text not null,
  state text not null,
  fulfillments integer not null check (fulfillments >= 0),
  primary key (warehouse, state)
) strict, without rowid;

create trigger fulfillments_state_of_new after insert on fulfillments begin
  insert into fulfillment_count (warehouse, state, fulfillments) values (new.warehouse, new.state, 1)
    on conflict (warehouse, state) do update set fulfillments = fulfillments + 1;
end;

create trigger fulfillments_state_of_old after update of warehouse, state on fulfillments
when old.state <> new.state or old.warehouse <> new.warehouse begin
  update fulfillment_count set fulfillments = fulfillments - 1 where warehouse = old.warehouse and state = old.state;
  insert into fulfillment_count (warehouse, state, fulfillments) values (new.warehouse, new.state, 1)
    on conflict (warehouse, state) do update set fulfillments = fulfillments + 1;
end;

create table hand_overs (
  row integer primary key,
  id text not null unique,
  fulfillment_id text not null references fulfillments (id),
  order_id text not null references orders (id),
  idempotency_key text not null,
  revision integer not null check (revision >= 1),
  state text not null,
  doc text not null
) strict;

create index hand_overs_order on hand_overs (order_id, row);
create index hand_overs_fulfillment on hand_overs (fulfillment_id);
create index hand_overs_state on hand_overs (state, row);

create table shipments (
  row integer primary key,
  id text not null unique,
  order_id text not null references orders (id),
  fulfillment_id text not null references fulfillments (id),
  warehouse text not null,
  remote_id text not null,
  doc text not null,
  unique (warehouse, remote_id)
) strict;

create index shipments_order on shipments (order_id, row);
create index shipments_fulfillment on shipments (fulfillment_id);

create table write_backs (
  row integer primary key,
  id text not null unique,
  order_id text not null references orders (id),
  shipment_id text not null references shipments (id),
  revision integer not null check (revision >= 1),
  state text not null,
  doc text not null
) strict;

create index write_backs_order on write_backs (order_id, row);
create index write_backs_shipment on write_backs (shipment_id);
create index write_backs_state on write_backs (state, row);

-- On disk before the first byte of the try leaves. Ended once, never rewritten.
create table attempt (
  row integer primary key,
  subject text not null,
  number integer not null,
  order_id text not null references orders (id),
  started_at integer not null,
  deadline integer not null,
  ended_at integer,
  outcome text not null,
  detail text not null,
  unique (subject, number)
) strict;

create index attempt_order on attempt (order_id, row);

-- Stock. `allowance` is by how much a report or a shipment left more promised than there is; reserving never widens it.

create table stock (
  sku text not null,
  warehouse text not null,
  on_hand integer not null check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  safety integer not null default 0 check (safety >= 0),
  allowance integer not null default 0 check (allowance >= 0),
  observed_at integer not null,
  primary key (sku, warehouse),
  check (reserved <= on_hand - safety + allowance)
) strict, without rowid;

-- Every movement of a level; the sums of a level's rows are its on_hand and reserved.
create table stock_ledger (
  row integer primary key,
  sku text not null,
  warehouse text not null,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  cause text not null,
  subject text not null,
  journal_seq integer
) strict;

create index stock_ledger_level on stock_ledger (sku, warehouse);

create trigger stock_ledger_is_not_edited before update on stock_ledger begin
  select raise(abort, 'stock_ledger is append-only');
end;
create trigger stock_ledger_is_not_deleted before delete on stock_ledger begin
  select raise(abort, 'stock_ledger is append-only');
end;

-- Connections and what came through them.

create table connections (
  id text primary key,
  created_at integer not null,
  doc text not null
) strict, without rowid;

create table warehouses (
  id text primary key,
  rank integer not null,
  doc text not null
) strict, without rowid;

create table cursor (
  connection text not null,
  stream text not null,
  mark text not null,
  primary key (connection, stream)
) strict, without rowid;

-- Exactly what a partner sent, compressed (zstd), addressed by the SHA-256 of the uncompressed bytes.
create table raw_payload (
  sha256 text primary key,
  size_bytes integer not null,
  zstd blob not null
) strict;

create trigger raw_payload_is_not_edited before update on raw_payload begin
  select raise(abort, 'raw_payload is immutable');
end;

create table inbox (
  row integer primary key,
  id text not null unique,
  connection text not null,
  stream text not null,
  external_id text not null,
  version text not null,
  raw_sha256 text not null references raw_payload (sha256),
  received_at integer not null,
  done integer not null default 0 check (done in (0, 1)),
  dead text,
  unique (connection, stream, external_id, version)
) strict;

create index inbox_dead on inbox (row) where dead is not null;

-- Durable work. A finished job is deleted. `owner` is set while claimed; `rerun_due` is the due time of a job that was
-- asked for again meanwhile: it comes into force when the claim ends, so no wake-up is lost.
create table job (
  row integer primary key,
  id text not null unique,
  kind text not null,
  key text not null,
  due integer not null,
  rerun_due integer,
  owner text,
  lease_until integer,
  token integer not null default 0,
  tries integer not null default 0,
  error text not null default '',
  dead integer not null default 0 check (dead in (0, 1)),
  unique (kind, key),
  check ((owner is null) = (lease_until is null)),
  check (dead = 0 or owner is null)
) strict;

create index job_waiting on job (kind, due, row) where dead = 0 and owner is null;
create index job_claimed on job (kind, lease_until) where owner is not null;
create index job_backlog on job (kind, dead, due);

-- What happened, as a hash chain. `journal_head` repeats the last link, so that a cut tail is noticed.

create table journal (
  seq integer primary key,
  at integer not null,
  actor text not null,
  kind text not null,
  order_id text,
  subject text not null,
  reason text not null,
  before text not null,
  after text not null,
  hash text not null
) strict;

create index journal_order on journal (order_id, seq) where order_id is not null;

create table journal_head (
  one integer primary key check (one = 1),
  seq integer not null,
  hash text not null
) strict;

create trigger journal_is_not_edited before update on journal begin
  select raise(abort, 'journal is append-only');
end;
create trigger journal_is_not_deleted before delete on journal begin
  select raise(abort, 'journal is append-only');
end;

-- Carried-out commands, so that a repeated one is answered and not repeated.
create table command_done (
  key text primary key,
  digest text not null,
  result text not null
) strict, without rowid;
