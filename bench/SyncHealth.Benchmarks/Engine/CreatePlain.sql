-- SQLite: a table as plain as it can be, to be upserted into. Write-ahead log, as the engine has it.
pragma journal_mode = wal;
pragma synchronous = normal;
create table note (id text primary key, title text not null, body text not null, edited_at integer not null, device text not null, version integer not null) without rowid
