-- Bytes on disk by part of the schema, indexes and out-of-line values included.
select part, sum(pg_total_relation_size(oid))::bigint
from (
    select c.oid,
           case when c.relname ~ '^event(_|$)' then 'raw events'
                when c.relname ~ '_increment$' then 'increments'
                when c.relname ~ '^rollup_' then 'rollups'
                when c.relname ~ '^device_(?!profile)' then 'devices'
                else 'dictionaries and the rest' end as part
    from pg_class c
    where c.relnamespace = 'synchealth'::regnamespace and c.relkind = 'r'
) relation
group by part
order by 2 desc;
