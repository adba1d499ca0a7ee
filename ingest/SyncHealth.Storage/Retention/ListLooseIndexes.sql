-- Identity indexes of days of event that ended before @SettledBefore, oldest first, quoted: those of @LeastBytes and more that take more than @WorthBytes an event.
-- Events are counted by the server's own statistics; after a crash they are 0 until the next vacuum or analyze, and nothing is listed.
select format('%I.%I', n.nspname, x.relname)
from pg_inherits i
join pg_class t on t.oid = i.inhrelid
join pg_namespace n on n.oid = t.relnamespace
join pg_index d on d.indrelid = t.oid and d.indisunique and d.indisvalid
join pg_class x on x.oid = d.indexrelid
cross join lateral (select pg_relation_size(x.oid) as bytes, greatest(t.reltuples::bigint, pg_stat_get_live_tuples(t.oid)) as events) s
where i.inhparent = 'synchealth.event'::regclass
  and to_date(substring(t.relname from '^event_(\d{8})$'), 'YYYYMMDD') + 1 <= (@SettledBefore::timestamptz at time zone 'UTC')
  and s.bytes >= @LeastBytes::bigint and s.bytes > s.events * @WorthBytes::integer and s.events > 0
order by t.relname
limit 1;
