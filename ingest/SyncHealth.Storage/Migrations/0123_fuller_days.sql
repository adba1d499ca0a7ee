-- Less room kept for what does not come.

-- The identity index of a day is built anew once the day is settled (0122), and little comes to it then: a thirtieth of each page is enough for that, where a tenth was kept.
-- Other pages than those of a rebuild do not go by it: until the day is settled nothing changes.
create or replace function synchealth.create_event_partition(day date) returns bigint
language plpgsql
set lock_timeout = '500ms'
as $$
declare
    name text := 'event_' || to_char(day, 'YYYYMMDD');
    day_start timestamptz := day::timestamp at time zone 'UTC';
    day_end timestamptz := (day + 1)::timestamp at time zone 'UTC';
    moved bigint;
begin
    perform pg_advisory_xact_lock('synchealth.event'::regclass::bigint);
    if to_regclass('synchealth.' || name) is not null then
        return null;
    end if;
    lock table synchealth.event in share update exclusive mode;
    lock table synchealth.event_default in access exclusive mode;
    execute format('create table synchealth.%I (like synchealth.event including all)', name);
    perform synchealth.fill_event_identity(('synchealth.' || name)::regclass);
    execute format(
        'with moved as (delete from synchealth.event_default where device_at >= $1 and device_at < $2 returning *)
         insert into synchealth.%I select * from moved', name) using day_start, day_end;
    get diagnostics moved = row_count;
    execute format('alter table synchealth.event attach partition synchealth.%I for values from (%L) to (%L)', name, day_start, day_end);
    return moved;
end $$;

-- How full a rebuild of the identity index of a partition leaves its pages.
create function synchealth.fill_event_identity(partition regclass) returns void
language plpgsql as $$
begin
    execute (
        select format('alter index %s set (fillfactor = 97)', i.indexrelid::regclass)
        from pg_index i
        where i.indrelid = partition and i.indisunique);
end
$$;
select synchealth.fill_event_identity(p.inhrelid::regclass) from pg_inherits p where p.inhparent = 'synchealth.event'::regclass and p.inhrelid <> 'synchealth.event_default'::regclass;

-- Rows of hours, days and margins were given a fifth of each page for new versions of them. What a page keeps free for that is lost once its rows are over: no new row
-- goes there. Rows that change all the time find the space of their versions before. Holds for pages that are written from now on.
alter table synchealth.rollup_hour set (fillfactor = 100);
alter table synchealth.rollup_day set (fillfactor = 100);
alter table synchealth.rollup_fine_day set (fillfactor = 100);
alter table synchealth.rollup_margin set (fillfactor = 100);
alter table synchealth.rollup_conflict_hour set (fillfactor = 100);
alter table synchealth.rollup_conflict_day set (fillfactor = 100);
alter table synchealth.rollup_error_hour set (fillfactor = 100);
alter table synchealth.rollup_error_day set (fillfactor = 100);
-- The state of a device changes with its hour, which is indexed: a new version goes anywhere.
alter table synchealth.device_state set (fillfactor = 100);

-- Rows of one rollup by segment that start from lo to hi and whose two sketches have least_bytes and more, the longest first.
create function synchealth.sketches_between(table_name text, lo timestamptz, hi timestamptz, least_bytes integer, max_rows integer)
returns table (id integer, promoted_id integer, at timestamptz, lag_class smallint, success_sketch bytea, other_sketch bytea)
language plpgsql stable as $$
begin
    return query execute format(
        'select %2$s, r.success_sketch, r.other_sketch
         from synchealth.%1$I r
         where r.bucket_at >= $1 and r.bucket_at <= $2 and octet_length(r.success_sketch) + octet_length(r.other_sketch) >= $3
         order by octet_length(r.success_sketch) + octet_length(r.other_sketch) desc
         limit $4', table_name, (synchealth.rollup_key(table_name)).returned)
    using lo, hi, least_bytes, max_rows;
end
$$;
