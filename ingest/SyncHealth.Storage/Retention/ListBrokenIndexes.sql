-- What a rebuild that was cut off left, quoted. The caller holds the lock of rebuilds: none is under way.
select format('%I.%I', n.nspname, x.relname)
from pg_index d
join pg_class x on x.oid = d.indexrelid
join pg_namespace n on n.oid = x.relnamespace
where n.nspname = 'synchealth' and not d.indisvalid and x.relkind = 'i' and x.relname ~ '_cc(new|old)\d*$'
order by x.relname;
