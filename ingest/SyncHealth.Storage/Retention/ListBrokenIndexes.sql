-- What a rebuild that was cut off left on the days of event, quoted. The caller holds the lock of rebuilds: none is under way.
select format('%I.%I', n.nspname, x.relname)
from pg_inherits i
join pg_index d on d.indrelid = i.inhrelid and not d.indisvalid
join pg_class x on x.oid = d.indexrelid
join pg_namespace n on n.oid = x.relnamespace
where i.inhparent = 'synchealth.event'::regclass and x.relname ~ '_cc(new|old)\d*$'
order by x.relname;
