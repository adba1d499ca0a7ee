-- Purpose: the tables of a new queue file, schema version 1. No parameters. Times are Unix milliseconds, sizes bytes.
-- A file of this version with another text than this counts as damaged: a change of these statements, of a blank even, is a new version.
begin immediate;

-- The install and its books: issued = sent + queued + sum(dropped.total), at every commit.
create table install (
  only_row     integer primary key check (only_row = 1),
  id           text    not null,
  issued       integer not null default 0,
  sent         integer not null default 0,
  rejected     integer not null default 0,
  queued       integer not null default 0,
  queued_bytes integer not null default 0
);

-- What the install was as of its events, as the contract's JSON.
create table resource (
  id   integer primary key,
  json blob not null unique
);

-- seq is the contract's sequence number; json is final but for ageMs.
-- session and uptime_ms say when the event was recorded on the monotonic clock of one run of the app.
create table event (
  seq            integer primary key,
  resource_id    integer not null,
  recorded_at_ms integer not null,
  session        integer not null,
  uptime_ms      integer,
  json           blob    not null
);

-- A batch is a range of events of one resource under one idempotency key, fixed when it is made.
create table batch (
  id            integer primary key,
  key           text    not null,
  first_seq     integer not null,
  last_seq      integer not null,
  attempts      integer not null default 0,
  server_errors integer not null default 0,
  not_before_ms integer not null default 0
);

-- pending: not yet told to the server.
create table dropped (
  reason  text primary key,
  total   integer not null,
  pending integer not null
);

-- Losses that a batch tells; they are fixed with it, so that a resend cannot tell them twice.
create table batch_dropped (
  batch_id integer not null,
  reason   text    not null,
  count    integer not null,
  primary key (batch_id, reason)
);

-- Events that the server refused one by one, kept for whoever looks for the defect.
create table poison (
  seq  integer primary key,
  json blob not null
);

-- 40 is what a row costs beside its JSON (header, integers, cell pointer), measured and rounded up.
create trigger event_added after insert on event begin
  update install set queued = queued + 1, queued_bytes = queued_bytes + length(new.json) + 40;
end;
create trigger event_removed after delete on event begin
  update install set queued = queued - 1, queued_bytes = queued_bytes - length(old.json) - 40;
end;

pragma user_version = 1;
commit;
