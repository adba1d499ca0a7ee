-- Bytes on disk by table of the schema and kind: rows (out-of-line values included), indexes. The day
-- partitions of event are one; small tables are one.
select name, sum(table_bytes)::bigint, sum(index_bytes)::bigint
from (
    select case when c.relname ~ '^event(_|$)' then 'event'
                when c.relname ~ '^(rollup|device)_(?!profile)' then c.relname
                when c.relname ~ '_increment$' then 'increments'
                else 'dictionaries and the rest' end as name,
           pg_table_size(c.oid) as table_bytes, pg_indexes_size(c.oid) as index_bytes
    from pg_class c
    where c.relnamespace = 'synchealth'::regnamespace and c.relkind = 'r'
) relation
group by name
order by sum(table_bytes + index_bytes) desc;
