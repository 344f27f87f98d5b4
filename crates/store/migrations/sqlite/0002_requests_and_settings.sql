-- What warehouses were asked to change.
create table change_requests (
  row integer primary key,
  id text not null unique,
  order_id text not null references orders (id),
  fulfillment_id text not null references fulfillments (id),
  revision integer not null check (revision >= 1),
  state text not null,
  doc text not null
) strict;

create index change_requests_order on change_requests (order_id, row);
create index change_requests_fulfillment on change_requests (fulfillment_id);
create index change_requests_state on change_requests (state, row);

-- Rules, calendars and policies: every version is kept, the last one holds.
create table setting (
  row integer primary key,
  kind text not null,
  name text not null,
  version integer not null check (version >= 1),
  at integer not null,
  doc text not null,
  unique (kind, name, version)
) strict;
