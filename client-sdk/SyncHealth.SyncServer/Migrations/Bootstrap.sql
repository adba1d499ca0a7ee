-- The schema and its list of migrations, before anything else. Idempotent.
create schema if not exists notes;
create table if not exists notes.migration (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null)
