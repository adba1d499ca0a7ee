-- Purpose: schema version 2, on top of version 1. No parameters. Times are Unix milliseconds.
-- As with version 1, a change of these statements is a new version.
begin immediate;

-- Losses that are told under a name of their own, once each whoever tells them: the server may have heard of them already, or have some of the events.
-- first_seq to last_at_ms: which events those would be; null where none can have arrived. batch_id: the batch that tells it, null until there is one.
-- told: it has been given to a batch, so that it must not change any more.
create table loss (
  id          integer primary key,
  report      text    not null,
  reason      text    not null,
  count       integer not null,
  first_seq   integer,
  last_seq    integer,
  first_at_ms integer,
  last_at_ms  integer,
  batch_id    integer,
  told        integer not null default 0
);

-- How far the server's clock was ahead of the device's in a run of the app, and when that run began by the device's clock as it stood then.
create table clock (
  session   integer primary key,
  offset_ms integer not null,
  origin_ms integer not null
);

pragma user_version = 2;
commit;
