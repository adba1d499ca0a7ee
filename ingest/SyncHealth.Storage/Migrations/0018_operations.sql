-- What an operator asks: how much disk each table takes, what of an app is beyond its retention, and what readers may still count on.

-- Tables by size; the day partitions of event are one group, its default partition another. Row counts are the statistics collector's estimates.
create function synchealth.disk_use()
returns table (name text, parts integer, table_bytes bigint, index_bytes bigint, total_bytes bigint, live_rows bigint, dead_rows bigint)
language sql stable as $$
    select g.name, count(*)::integer, sum(pg_table_size(c.oid))::bigint, sum(pg_indexes_size(c.oid))::bigint, sum(pg_total_relation_size(c.oid))::bigint,
        coalesce(sum(s.n_live_tup), 0)::bigint, coalesce(sum(s.n_dead_tup), 0)::bigint
    from pg_class c
    left join pg_inherits i on i.inhrelid = c.oid
    left join pg_class parent on parent.oid = i.inhparent
    left join pg_stat_all_tables s on s.relid = c.oid
    cross join lateral (select case when parent.relname is null or c.relname = parent.relname || '_default' then c.relname else parent.relname end::text as name) g
    where c.relnamespace = 'synchealth'::regnamespace and c.relkind = 'r'
    group by g.name
$$;

-- The UTC day on which the last whole round of an app's own retention was done; null: since its settings changed, none.
alter table synchealth.app_setting add column pruned_on date;

-- Deletes an app's events before a moment from some blocks of one partition: a step that is as long whatever the partition holds.
-- Null when the partition is gone.
create function synchealth.prune_event_blocks(partition text, app text, before timestamptz, first_block bigint, block_count bigint) returns bigint
language plpgsql as $$
declare
    deleted bigint;
begin
    if to_regclass('synchealth.' || quote_ident(partition)) is null then
        return null;
    end if;
    execute format('delete from synchealth.%I where ctid >= $1 and ctid < $2 and event_at < $3 and segment_id in (
        select s.segment_id from synchealth.segment s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id) where a.name = $4)', partition)
        using format('(%s,0)', first_block)::tid, format('(%s,0)', first_block + block_count)::tid, before, app;
    get diagnostics deleted = row_count;
    return deleted;
end $$;

-- Deletes at most so many of an app's rows before a moment from a table at core or fine grain; returns how many.
create function synchealth.prune_rows(table_name text, time_column text, app text, before timestamptz, row_limit integer) returns bigint
language plpgsql as $$
declare
    is_fine constant boolean := exists (
        select from pg_attribute where attrelid = ('synchealth.' || quote_ident(table_name))::regclass and attname = 'segment_id');
    deleted bigint;
begin
    execute format('delete from synchealth.%1$I where ctid = any (array(
        select r.ctid from synchealth.%1$I r %3$s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
        where a.name = $1 and r.%2$I < $2 limit $3))',
        table_name, time_column, case when is_fine then 'join synchealth.segment s using (segment_id)' else '' end) using app, before, row_limit;
    get diagnostics deleted = row_count;
    return deleted;
end $$;

-- The bounds of a range after an app's own retention: raw events from the first whole day, hours likewise; where raw events are no longer
-- kept, the fine grain's edges move out to whole hours, and where hours are no longer kept, a range moves out to whole days; before the
-- first day that is kept nothing is counted.
create function synchealth.kept_range(app text, counted_lo timestamptz, counted_hi timestamptz, source text, now_at timestamptz, out lo timestamptz, out hi timestamptz)
language plpgsql stable as $$
declare
    setting synchealth.app_setting;
    raw_from timestamptz;
    hours_from timestamptz;
begin
    lo := counted_lo;
    hi := counted_hi;
    select * into setting from synchealth.app_setting s where s.app_name = app;
    if not found then
        return;
    end if;
    raw_from := synchealth.ceil_to('1 day', now_at - setting.raw_days * interval '1 day');
    hours_from := synchealth.ceil_to('1 day', now_at - setting.hour_days * interval '1 day');
    if source like 'fine\_%' and lo < raw_from then
        lo := synchealth.floor_to('1 hour', lo);
        hi := case when hi < raw_from then synchealth.ceil_to('1 hour', hi) else hi end;
    end if;
    if source = 'event' then
        lo := greatest(lo, raw_from);
    elsif source not in ('day', 'fine_day') then
        lo := greatest(lo, hours_from);
    elsif lo < hours_from then
        lo := greatest(synchealth.floor_to('1 day', lo), synchealth.ceil_to('1 day', now_at - setting.day_days * interval '1 day'));
        hi := case when hi < hours_from then synchealth.ceil_to('1 day', hi) else hi end;
    else
        lo := greatest(lo, synchealth.ceil_to('1 day', now_at - setting.day_days * interval '1 day'));
    end if;
    hi := greatest(lo, hi);
end $$;
