-- Local database, version 2: what the server had of a note when the edits that wait began, for merges of three.
-- Edits that wait already have no such row: they are settled by last write wins.
create table base (
  note_id text primary key,
  title text not null,
  body text not null,
  is_deleted integer not null,
  edited_at integer not null,              -- ms since 1970
  device text not null
) without rowid;
