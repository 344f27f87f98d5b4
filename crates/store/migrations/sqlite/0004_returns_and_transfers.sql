-- Goods coming back.
create table returns (
  row integer primary key,
  id text not null unique,
  order_id text references orders (id),
  warehouse text,
  reference text not null unique,
  remote_id text,
  revision integer not null check (revision >= 1),
  state text not null,
  doc text not null
) strict;

create index returns_order on returns (order_id, row);
create index returns_state on returns (state, id);
-- A warehouse's id of a return names one return of it.
create unique index returns_remote on returns (warehouse, remote_id) where remote_id is not null;

-- Goods announced to a warehouse.
create table transfers (
  row integer primary key,
  id text not null unique,
  warehouse text not null,
  reference text not null unique,
  remote_id text,
  revision integer not null check (revision >= 1),
  state text not null,
  doc text not null
) strict;

create index transfers_state on transfers (state, id);
create unique index transfers_remote on transfers (warehouse, remote_id) where remote_id is not null;
