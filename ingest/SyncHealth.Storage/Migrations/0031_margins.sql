-- Margins: counts by one dimension alone. A month of hours by version has as many core rows as versions times systems times networks, and as
-- many fine rows as attempts when they are few; nearly every question asks for one dimension, and its margin holds one row for each number shown.
-- Fed by the fold with the other rollups, in the same transaction. They hold the event clock.

---------------------------------------------------------------------------------------------------------- rows
-- Keys are names, not ids of a dictionary: a question about one dimension and range reads one stretch of the primary key.
-- Sketches are compacted before a row outgrows a page, so rows are never compressed nor stored elsewhere.
create table synchealth.rollup_margin (
    like synchealth.rollup_hour,
    app_id integer not null,
    grain smallint not null,                    -- 3 days, 2 hours, 1 five minutes (as long as minutes are kept, core dimensions only)
    dimension text not null,                    -- app_version, os, network, os_version, type or trigger
    environment text not null,
    value text not null
) with (fillfactor = 80, toast_tuple_target = 8160);
alter table synchealth.rollup_margin drop column core_id;
alter table synchealth.rollup_margin alter column success_sketch set storage external, alter column other_sketch set storage external;
alter table synchealth.rollup_margin
    add constraint rollup_margin_pkey primary key (app_id, dimension, grain, bucket_at, environment, value);
create index rollup_margin_five on synchealth.rollup_margin (bucket_at) where grain = 1;

-- The shortest encoding of what was joined; the twin of DurationSketch.Encode, for once.
create function synchealth.sketch_compact(sketch bytea) returns bytea
language sql immutable strict parallel safe
return (select coalesce(string_agg(synchealth.sketch_pair(b.bucket, b.count), ''::bytea order by b.bucket), '') from synchealth.sketch_buckets(sketch) b);

-- Rows that were folded before there were margins.
insert into synchealth.rollup_margin (
    app_id, grain, dimension, environment, value, bucket_at,
    attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww,
    conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled,
    applied, rejected, bytes_up, bytes_down, duration_ms_sum,
    success_sketch, other_sketch)
select c.app_id, r.grain, d.dimension, c.environment, d.value, r.at,
    coalesce(sum(r.attempts), 0), coalesce(sum(r.successes), 0), coalesce(sum(r.partials), 0), coalesce(sum(r.cancelled), 0),
    coalesce(sum(r.first_try), 0), coalesce(sum(r.offline_failures), 0), coalesce(sum(r.server_failures), 0), coalesce(sum(r.app_failures), 0),
    coalesce(sum(r.over_60s), 0), coalesce(sum(r.conflicted), 0), coalesce(sum(r.conflicts_lww), 0), coalesce(sum(r.conflicts_crdt), 0),
    coalesce(sum(r.conflicts_merge), 0), coalesce(sum(r.conflicts_ot), 0), coalesce(sum(r.conflicts_manual), 0),
    coalesce(sum(r.conflicts_unresolved), 0), coalesce(sum(r.conflicts_unknown), 0), coalesce(sum(r.discarded), 0), coalesce(sum(r.retries), 0),
    coalesce(sum(r.pushed), 0), coalesce(sum(r.pulled), 0), coalesce(sum(r.applied), 0), coalesce(sum(r.rejected), 0), coalesce(sum(r.bytes_up), 0),
    coalesce(sum(r.bytes_down), 0), coalesce(sum(r.duration_ms_sum), 0),
    synchealth.sketch_compact(string_agg(r.success_sketch, '')), synchealth.sketch_compact(string_agg(r.other_sketch, ''))
from (
    select 1 as grain, synchealth.floor_to('5 minutes', m.bucket_at) as at, m.* from synchealth.rollup_minute m
    union all
    select 2, h.bucket_at, h.* from synchealth.rollup_hour h
    union all
    select 3, y.bucket_at, y.* from synchealth.rollup_day y) r
join synchealth.core_segment c using (core_id)
cross join lateral (values ('app_version', c.app_version), ('os', c.os), ('network', c.network)) d(dimension, value)
group by 1, 2, 3, 4, 5, 6;
insert into synchealth.rollup_margin (
    app_id, grain, dimension, environment, value, bucket_at,
    attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww,
    conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled,
    applied, rejected, bytes_up, bytes_down, duration_ms_sum,
    success_sketch, other_sketch)
select c.app_id, r.grain, d.dimension, c.environment, d.value, r.bucket_at,
    sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try), sum(r.offline_failures), sum(r.server_failures),
    sum(r.app_failures), sum(r.over_60s), sum(r.conflicted), sum(r.conflicts_lww), sum(r.conflicts_crdt), sum(r.conflicts_merge),
    sum(r.conflicts_ot), sum(r.conflicts_manual), sum(r.conflicts_unresolved), sum(r.conflicts_unknown), sum(r.discarded), sum(r.retries),
    sum(r.pushed), sum(r.pulled), sum(r.applied), sum(r.rejected), sum(r.bytes_up), sum(r.bytes_down), sum(r.duration_ms_sum),
    synchealth.sketch_compact(string_agg(r.success_sketch, '')), synchealth.sketch_compact(string_agg(r.other_sketch, ''))
from (
    select 2 as grain, h.* from synchealth.rollup_fine_hour h
    union all
    select 3, y.* from synchealth.rollup_fine_day y) r
join synchealth.segment s using (segment_id)
join synchealth.core_segment c using (core_id)
cross join lateral (values ('os_version', s.os_version), ('type', s.type), ('trigger', s.trigger)) d(dimension, value)
group by 1, 2, 3, 4, 5, 6;

---------------------------------------------------------------------------------------------------------- counts
-- The dimension whose margin answers a question: the only one it names beside the environment, any if it names none (systems are few); null if
-- it names several, or one that has no margin.
create function synchealth.margin_of(dimensions text[], filters text[]) returns text
language sql immutable parallel safe
return (
    select case when count(*) = 0 then 'os' when count(*) = 1 and min(n) in ('app_version', 'os', 'network', 'os_version', 'type', 'trigger') then min(n) end
    from synchealth.names_in(dimensions, filters) n
    where n <> 'environment');

-- sum(bigint) adds up in numeric, which costs ten times as much and has to be made a bigint again for each row of an answer. An overflow is an error here too.
create aggregate synchealth.total(bigint) (sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe);

-- As core_counts and fine_counts, of one dimension: whole days, hours and five minutes from its margin, other minutes of core dimensions and what
-- is not folded yet from the rows that the margin is made of. Where the steps are those of the margin its rows are returned as they are, and a
-- group may have several rows in a point: adding up one row costs five times what reading it does.
create function synchealth.margin_parts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    name constant text := synchealth.margin_of(dimensions, filters);
    is_fine constant boolean := source like 'fine\_%';
    values_asked constant text[] := array(select substr(f, length(name) + 2) from unnest(filters) f where starts_with(f, name || ':'));
    environments constant text[] := array(select substr(f, length('environment:') + 1) from unnest(filters) f where starts_with(f, 'environment:'));
    by_value constant boolean := name = any (dimensions);
    by_environment constant boolean := 'environment' = any (dimensions);
    only_value constant boolean := by_value and cardinality(dimensions) = 1;
    is_direct constant boolean := coalesce(
        extract(epoch from step) = case source when 'minute' then 300 when 'hour' then 3600 when 'fine_hour' then 3600 else 86400 end, false);
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source in ('day', 'fine_day') then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    -- The five minutes of the edges: [five_lo, five_end) before the first whole hour, [hour_hi, five_hi) after the last.
    five_lo constant timestamptz := least(synchealth.ceil_to('5 minutes', lo), hour_lo);
    five_end constant timestamptz := greatest(synchealth.floor_to('5 minutes', hour_lo), five_lo);
    five_hi constant timestamptz := greatest(synchealth.floor_to('5 minutes', hi), hour_hi);
begin
    if is_direct then
        return query
        select case when only_value then array[r.value]
                else array(select case d when 'environment' then r.environment else r.value end from unnest(dimensions) with ordinality u(d, n) order by n) end,
            synchealth.point_of(r.bucket_at, step, zone, lo),
            r.attempts::bigint, r.successes::bigint, r.partials::bigint, r.cancelled::bigint, r.first_try::bigint,
            r.offline_failures::bigint, r.server_failures::bigint, r.app_failures::bigint, r.over_60s::bigint, r.conflicted::bigint,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.rollup_margin r
        where r.app_id = app and r.dimension = name
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 1 and (r.bucket_at >= five_lo and r.bucket_at < five_end or r.bucket_at >= hour_hi and r.bucket_at < five_hi)))
          and (values_asked = '{}' or r.value = any (values_asked)) and (environments = '{}' or r.environment = any (environments));
    end if;
    return query
    with part as (
        select r.value, r.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.rollup_margin r
        where not is_direct and r.app_id = app and r.dimension = name
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 1 and (r.bucket_at >= five_lo and r.bucket_at < five_end or r.bucket_at >= hour_hi and r.bucket_at < five_hi)))
        union all
        select case name when 'app_version' then c.app_version when 'os' then c.os else c.network end, c.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.core_row r join synchealth.core_segment c using (core_id)
        where not is_fine and c.app_id = app
          and ((r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < five_lo or r.bucket_at >= five_end and r.bucket_at < hour_lo
                or r.bucket_at >= five_hi and r.bucket_at < hi))
            or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi))
        union all
        select case name when 'os_version' then s.os_version when 'type' then s.type else s.trigger end, c.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.fine_row r join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)
        where is_fine and c.app_id = app and r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi),
    summed as (
        select case when by_value then p.value end as value, case when by_environment then p.environment end as environment,
            synchealth.point_of(p.bucket_at, step, zone, lo) as at,
            sum(p.attempts) as attempts, sum(p.successes) as successes, sum(p.partials) as partials, sum(p.cancelled) as cancelled,
            sum(p.first_try) as first_try, sum(p.offline_failures) as offline_failures, sum(p.server_failures) as server_failures,
            sum(p.app_failures) as app_failures, sum(p.over_60s) as over_60s, sum(p.conflicted) as conflicted,
            synchealth.total(p.conflicts_lww) as lww, synchealth.total(p.conflicts_crdt) as crdt, synchealth.total(p.conflicts_merge) as merge,
            synchealth.total(p.conflicts_ot) as ot, synchealth.total(p.conflicts_manual) as manual, synchealth.total(p.conflicts_unresolved) as unresolved,
            synchealth.total(p.conflicts_unknown) as unknown, synchealth.total(p.discarded) as discarded,
            synchealth.total(p.pushed) as pushed, synchealth.total(p.pulled) as pulled, synchealth.total(p.bytes_up) as bytes_up, synchealth.total(p.bytes_down) as bytes_down,
            string_agg(p.success_sketch, ''::bytea) as success_sketch, string_agg(p.other_sketch, ''::bytea) as other_sketch
        from part p
        where (values_asked = '{}' or p.value = any (values_asked)) and (environments = '{}' or p.environment = any (environments))
        group by 1, 2, 3)
    select case when only_value then array[x.value]
            else array(select case d when 'environment' then x.environment else x.value end from unnest(dimensions) with ordinality u(d, n) order by n) end, x.at,
        x.attempts, x.successes, x.partials, x.cancelled, x.first_try, x.offline_failures, x.server_failures, x.app_failures, x.over_60s, x.conflicted,
        x.lww, x.crdt, x.merge, x.ot, x.manual, x.unresolved, x.unknown, x.discarded, x.pushed, x.pulled, x.bytes_up, x.bytes_down,
        x.success_sketch, x.other_sketch
    from summed x;
end
$$;

-- As fine_counts, with the raw events at both edges, so that exactly the range is counted; one dimension alone from its margin.
drop function synchealth.fine_range_counts;
create function synchealth.fine_parts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
begin
    if synchealth.margin_of(dimensions, filters) is not null then
        return query select * from synchealth.margin_parts(app_name, lo, hi, step, zone, source, dimensions, filters);
    else
        return query select * from synchealth.fine_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
    end if;
    if lo < piece.hour_lo then
        return query select * from synchealth.event_counts(app_name, lo, piece.hour_lo, step, zone, 'event', dimensions, filters);
    end if;
    if piece.hour_hi < hi then
        return query
        select r.group_key, case when step is null then lo else r.at end,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.event_counts(app_name, piece.hour_hi, hi, step, zone, 'event', dimensions, filters) r;
    end if;
end
$$;

-- The counts behind every vital sign, where a group may have several rows in a point, whose sum counts: lo, hi and source come from counted_range.
create function synchealth.vital_parts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if source = 'event' then
        return query select * from synchealth.event_counts(app_name, lo, hi, step, zone, clock, dimensions, filters);
    elsif source like 'fine\_%' then
        return query select * from synchealth.fine_parts(app_name, lo, hi, step, zone, source, dimensions, filters);
    elsif clock = 'arrival' then
        return query select * from synchealth.arrival_counts(app_name, lo, hi, step, zone, dimensions, filters);
    elsif synchealth.margin_of(dimensions, filters) is not null and (source <> 'minute' or extract(epoch from step) % 300 = 0) then
        -- The steps of such a question do not cut through the five minutes of a margin.
        return query select * from synchealth.margin_parts(app_name, lo, hi, step, zone, source, dimensions, filters);
    else
        return query select * from synchealth.core_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
    end if;
end
$$;

-- The same with one row for each group and point, for people and panels.
create or replace function synchealth.vital_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language sql stable as $$
    select p.group_key, p.at, synchealth.total(p.attempts), synchealth.total(p.successes), synchealth.total(p.partials), synchealth.total(p.cancelled), synchealth.total(p.first_try),
        synchealth.total(p.offline_failures), synchealth.total(p.server_failures), synchealth.total(p.app_failures),
        synchealth.total(p.over_60s), synchealth.total(p.conflicted),
        synchealth.total(p.conflicts_lww), synchealth.total(p.conflicts_crdt), synchealth.total(p.conflicts_merge), synchealth.total(p.conflicts_ot),
        synchealth.total(p.conflicts_manual), synchealth.total(p.conflicts_unresolved), synchealth.total(p.conflicts_unknown), synchealth.total(p.discarded),
        synchealth.total(p.pushed), synchealth.total(p.pulled), synchealth.total(p.bytes_up), synchealth.total(p.bytes_down),
        string_agg(p.success_sketch, ''::bytea), string_agg(p.other_sketch, ''::bytea)
    from synchealth.vital_parts(app_name, lo, hi, step, zone, clock, source, dimensions, filters) p
    group by p.group_key, p.at
$$;
