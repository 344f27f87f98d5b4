-- Every bucket of a level. `blocked` is the sum of `blocked_by`; both JSON columns are objects without zeros.

create table stock_level (
  sku text not null,
  warehouse text not null,
  on_hand integer not null check (on_hand >= 0),
  reserved integer not null check (reserved >= 0),
  blocked integer not null check (blocked >= 0),
  blocked_by text not null,
  incoming integer not null check (incoming >= 0),
  safety integer not null check (safety >= 0),
  earmarks text not null,
  sequence integer not null check (sequence >= 0),
  allowance integer not null check (allowance >= 0),
  observed_at integer not null,
  primary key (sku, warehouse),
  check (reserved <= on_hand - safety - blocked + allowance)
) strict, without rowid;

insert into stock_level
select sku, warehouse, on_hand, reserved, 0, '{}', 0, safety, '{}', 0, allowance, observed_at from stock;

drop table stock;
alter table stock_level rename to stock;

-- Every movement with its cause and document; the sums of a level's rows are its buckets. Movements from before have the
-- order or connection they were about and nothing else.
create table stock_movement (
  row integer primary key,
  sku text not null,
  warehouse text not null,
  movement text not null,
  cause text not null,
  document text,
  by text,
  at integer,
  subject text not null,
  journal_seq integer
) strict;

insert into stock_movement
select row, sku, warehouse, json_object('on_hand', on_hand_delta, 'reserved', reserved_delta),
  case cause when 'reserve' then 'reserved' when 'free' then 'freed' when 'ship' then 'departed' else 'counted' end,
  null, null, null, subject, journal_seq
from stock_ledger;

drop table stock_ledger;
alter table stock_movement rename to stock_ledger;

create index stock_ledger_level on stock_ledger (sku, warehouse);

create trigger stock_ledger_is_not_edited before update on stock_ledger begin
  select raise(abort, 'stock_ledger is append-only');
end;
create trigger stock_ledger_is_not_deleted before delete on stock_ledger begin
  select raise(abort, 'stock_ledger is append-only');
end;
