-- How large an index is a row of its table, and how large it was when it was last built anew: what maintenance goes by.

create table synchealth.index_build (
    index_name text primary key,                -- with its schema, quoted where need be
    bytes_a_row double precision not null,
    built_at timestamptz not null
);

-- B-trees of the schema. Rows are those of the table, by the server's statistics, of a partial index too: its share changes slowly.
create view synchealth.index_size as
select format('%I.%I', n.nspname, x.relname) as index_name, pg_relation_size(x.oid) as bytes,
    greatest(t.reltuples::bigint, pg_stat_get_live_tuples(t.oid)) as row_count,
    to_date(substring(t.relname from '^event_(\d{8})$'), 'YYYYMMDD') as day    -- of a partition of event
from pg_index d
join pg_class x on x.oid = d.indexrelid
join pg_am a on a.oid = x.relam and a.amname = 'btree'
join pg_class t on t.oid = d.indrelid
join pg_namespace n on n.oid = x.relnamespace
where n.nspname = 'synchealth' and x.relkind = 'i' and d.indisvalid;
