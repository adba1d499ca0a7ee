-- Before any migration: the schema, and the ledger of what was applied.
create schema if not exists synchealth;
create table if not exists synchealth.migration (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null
);
