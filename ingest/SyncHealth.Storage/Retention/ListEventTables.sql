-- Partitions of event that may hold events before @Before: those of earlier days, and the default one.
select c.relname::text as "Partition", pg_relation_size(c.oid) / current_setting('block_size')::bigint as "Blocks"
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'synchealth.event'::regclass
  and (c.relname = 'event_default' or to_date(substring(c.relname from 'event_(\d{8})$'), 'YYYYMMDD') <= (@Before::timestamptz at time zone 'UTC')::date)
order by 1;
