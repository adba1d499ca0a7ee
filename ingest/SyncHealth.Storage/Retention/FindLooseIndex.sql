-- The index, quoted, that would save most if it were built anew: one of @LeastBytes and more that is @WorthRatio times as large a row as when it was last built, before
-- @BuiltBefore, or that was never built anew, of which a third is expected. Those of days of event count only when the day ended before @SettledBefore.
-- None while a transaction of this database is older than @Patience (a backup, a long report): a rebuild would wait for it. Rows are counted by the server's own statistics; after a crash they are 0 until the next vacuum or analyze, and nothing is found.
select s.index_name
from synchealth.index_size s
left join synchealth.index_build b using (index_name)
where s.bytes >= @LeastBytes::bigint and s.row_count > 0
  and (s.day is null or s.day + 1 <= (@SettledBefore::timestamptz at time zone 'UTC'))
  and (b.index_name is null or (b.built_at <= @BuiltBefore and s.bytes > b.bytes_a_row * s.row_count * @WorthRatio::double precision))
  and not exists (select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and xact_start < clock_timestamp() - @Patience::interval)
order by s.bytes - coalesce(b.bytes_a_row * s.row_count, s.bytes * 2 / 3) desc, s.index_name
limit 1;
