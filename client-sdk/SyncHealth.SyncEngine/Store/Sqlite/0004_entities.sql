-- Local database, version 4: records of other entities than notes, conflicts that a person has to settle, and operations that make the server fail.
alter table note add column entity text generated always as
  (case instr(id, '/') when 0 then 'note' else substr(id, 1, instr(id, '/') - 1) end) virtual;
drop index note_by_edited;
create index note_by_edited on note (entity, edited_at desc, id) where is_deleted = 0;

-- Conflicts that wait for the app: this device's edit stands in note and is held in the outbox, the other side's stands here.
create table waiting_conflict (
  note_id text primary key,
  kind integer not null,
  title text not null,
  body text not null,
  is_deleted integer not null,
  edited_at integer not null,              -- ms since 1970
  device text not null,
  version integer not null,                -- server version of the other side's edit
  met_at integer not null                  -- ms since 1970
) without rowid;

-- What the app has decided since the last cycle: reported by the next one.
create table decision (
  sequence integer primary key autoincrement,
  note_id text not null,
  kind integer not null,
  winner integer not null,
  discarded integer not null
);

-- Cycles in which the server failed on this operation alone, and served everything else.
alter table outbox add column strikes integer not null default 0;
