-- Local database, version 1 (SQLite). The single source of truth of the app on this device.
-- Runs once, in one transaction, on an empty file; later versions are further numbered files.
create table note (
  id text primary key,
  title text not null,
  body text not null,
  edited_at integer not null,              -- ms since 1970 by the editing device, at least 1 more than the edit before it
  device text not null,                    -- the editing device: breaks ties of edited_at
  is_deleted integer not null default 0,   -- soft delete: the tombstone stays until the server has it
  version integer not null default 0,      -- server version last seen; 0 = the server has never seen the note
  seen_in integer not null default 0       -- full sync in which the server last named the note
) without rowid;
create index note_by_edited on note (edited_at desc, id) where is_deleted = 0;

create table outbox (
  sequence integer primary key autoincrement,
  note_id text not null,
  kind integer not null,                   -- 1 insert, 2 update, 3 delete
  title text not null,
  body text not null,
  edited_at integer not null,
  edits integer not null default 1,        -- local edits folded into this operation
  queued_at integer not null,              -- ms since 1970, of the first edit folded in
  batch_key text,                          -- idempotency key, set before the first attempt: from then on the row never changes
  base_version integer,                    -- server version the edit was based on, fixed together with batch_key
  parked_code text                         -- why the server refused it for good; such a row blocks nobody
);
-- At most one operation per note can still take further edits.
create unique index outbox_open on outbox (note_id) where batch_key is null and parked_code is null;
create index outbox_by_note on outbox (note_id);

create table conflict (
  sequence integer primary key autoincrement,
  note_id text not null,
  kind integer not null,
  winner integer not null,
  discarded integer not null,
  lost_title text not null,                -- the edit that did not survive, so that nothing is lost silently
  lost_body text not null,
  at integer not null                      -- ms since 1970
);

create table sync_state (
  id integer primary key check (id = 1),
  device text not null,
  token text,                              -- the server's opaque token; null before the first page
  generation integer not null default 0,   -- number of the last full sync begun
  full_running integer not null default 0, -- a full sync began and its last page has not been applied yet
  last_success_at integer,                 -- ms since 1970, end of the last cycle that did everything
  failed_since integer not null default 0, -- cycles that failed since then
  last_stamp integer not null default 0    -- highest edited_at given out here
);
