-- The second grain of the rollups and what stands beside them; all fed by the one increment that an event's own transaction appends.

---------------------------------------------------------------------------------------------------------- increments
-- The key of an increment is the fine segment and the promoted value; the fold adds it up to every grain. Most counts of a row so narrow
-- are 0: they are null, which costs a row a third of its bytes. segment_id and bucket_at (arrival_at, lag_class) are null in increments
-- that a rebuild makes for the arrival clock (for the event clock) only.
alter table synchealth.core_increment
    add column segment_id integer,
    add column promoted_id integer,
    add column error_ids integer[],             -- attempts that did not succeed, by error (0: none was reported); parallel to error_counts
    add column error_counts bigint[],
    add column conflict_ids integer[],          -- conflicts by class; parallel to conflict_counts and conflict_discarded
    add column conflict_counts bigint[],
    add column conflict_discarded bigint[],
    alter column bucket_at drop not null, alter column arrival_at drop not null, alter column lag_class drop not null,
    alter column successes drop not null, alter column partials drop not null, alter column cancelled drop not null,
    alter column first_try drop not null, alter column offline_failures drop not null, alter column server_failures drop not null,
    alter column app_failures drop not null, alter column over_60s drop not null, alter column conflicted drop not null,
    alter column conflicts_lww drop not null, alter column conflicts_crdt drop not null, alter column conflicts_merge drop not null,
    alter column conflicts_ot drop not null, alter column conflicts_manual drop not null, alter column conflicts_unresolved drop not null,
    alter column conflicts_unknown drop not null, alter column discarded drop not null, alter column retries drop not null,
    alter column pushed drop not null, alter column pulled drop not null, alter column applied drop not null, alter column rejected drop not null,
    alter column bytes_up drop not null, alter column bytes_down drop not null, alter column duration_ms_sum drop not null,
    alter column success_sketch drop not null, alter column other_sketch drop not null;

create or replace view synchealth.core_row as
    select 3 as grain, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_day
    union all
    select 2, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_hour
    union all
    select 1, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_minute
    union all
    select 0, bucket_at, core_id, attempts, coalesce(successes, 0) as successes, coalesce(partials, 0) as partials, coalesce(cancelled, 0) as cancelled, coalesce(first_try, 0) as first_try,
           coalesce(offline_failures, 0) as offline_failures, coalesce(server_failures, 0) as server_failures, coalesce(app_failures, 0) as app_failures, coalesce(over_60s, 0) as over_60s, coalesce(conflicted, 0) as conflicted,
           coalesce(conflicts_lww, 0) as conflicts_lww, coalesce(conflicts_crdt, 0) as conflicts_crdt, coalesce(conflicts_merge, 0) as conflicts_merge, coalesce(conflicts_ot, 0) as conflicts_ot, coalesce(conflicts_manual, 0) as conflicts_manual,
           coalesce(conflicts_unresolved, 0) as conflicts_unresolved, coalesce(conflicts_unknown, 0) as conflicts_unknown, coalesce(discarded, 0) as discarded,
           coalesce(pushed, 0) as pushed, coalesce(pulled, 0) as pulled, coalesce(bytes_up, 0) as bytes_up, coalesce(bytes_down, 0) as bytes_down,
           coalesce(success_sketch, '') as success_sketch, coalesce(other_sketch, '') as other_sketch
    from synchealth.core_increment;

create or replace view synchealth.arrival_row as
    select arrival_at, lag_class, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_arrival
    union all
    select arrival_at, lag_class, core_id, attempts, coalesce(successes, 0) as successes, coalesce(partials, 0) as partials, coalesce(cancelled, 0) as cancelled, coalesce(first_try, 0) as first_try,
           coalesce(offline_failures, 0) as offline_failures, coalesce(server_failures, 0) as server_failures, coalesce(app_failures, 0) as app_failures, coalesce(over_60s, 0) as over_60s, coalesce(conflicted, 0) as conflicted,
           coalesce(conflicts_lww, 0) as conflicts_lww, coalesce(conflicts_crdt, 0) as conflicts_crdt, coalesce(conflicts_merge, 0) as conflicts_merge, coalesce(conflicts_ot, 0) as conflicts_ot, coalesce(conflicts_manual, 0) as conflicts_manual,
           coalesce(conflicts_unresolved, 0) as conflicts_unresolved, coalesce(conflicts_unknown, 0) as conflicts_unknown, coalesce(discarded, 0) as discarded,
           coalesce(pushed, 0) as pushed, coalesce(pulled, 0) as pulled, coalesce(bytes_up, 0) as bytes_up, coalesce(bytes_down, 0) as bytes_down,
           coalesce(success_sketch, '') as success_sketch, coalesce(other_sketch, '') as other_sketch
    from synchealth.core_increment;

---------------------------------------------------------------------------------------------------------- fine grain
create table synchealth.rollup_fine_hour (
    like synchealth.rollup_hour,
    promoted_id integer not null
) with (fillfactor = 80);
alter table synchealth.rollup_fine_hour rename column core_id to segment_id;
alter table synchealth.rollup_fine_hour add constraint rollup_fine_hour_pkey primary key (segment_id, promoted_id, bucket_at);
create index rollup_fine_hour_bucket on synchealth.rollup_fine_hour (bucket_at);
create table synchealth.rollup_fine_day (
    like synchealth.rollup_fine_hour,
    constraint rollup_fine_day_pkey primary key (segment_id, promoted_id, bucket_at)
) with (fillfactor = 80);
create index rollup_fine_day_bucket on synchealth.rollup_fine_day (bucket_at);

-- As core_row, at fine grain.
create view synchealth.fine_row as
    select 3 as grain, bucket_at, segment_id, promoted_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_fine_day
    union all
    select 2, bucket_at, segment_id, promoted_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_fine_hour
    union all
    select 0, bucket_at, segment_id, promoted_id, attempts, coalesce(successes, 0) as successes, coalesce(partials, 0) as partials, coalesce(cancelled, 0) as cancelled, coalesce(first_try, 0) as first_try,
           coalesce(offline_failures, 0) as offline_failures, coalesce(server_failures, 0) as server_failures, coalesce(app_failures, 0) as app_failures, coalesce(over_60s, 0) as over_60s, coalesce(conflicted, 0) as conflicted,
           coalesce(conflicts_lww, 0) as conflicts_lww, coalesce(conflicts_crdt, 0) as conflicts_crdt, coalesce(conflicts_merge, 0) as conflicts_merge, coalesce(conflicts_ot, 0) as conflicts_ot, coalesce(conflicts_manual, 0) as conflicts_manual,
           coalesce(conflicts_unresolved, 0) as conflicts_unresolved, coalesce(conflicts_unknown, 0) as conflicts_unknown, coalesce(discarded, 0) as discarded,
           coalesce(pushed, 0) as pushed, coalesce(pulled, 0) as pulled, coalesce(bytes_up, 0) as bytes_up, coalesce(bytes_down, 0) as bytes_down,
           coalesce(success_sketch, '') as success_sketch, coalesce(other_sketch, '') as other_sketch
    from synchealth.core_increment;

---------------------------------------------------------------------------------------------------------- side tables
-- Attempts that did not succeed, by error; error_id 0 stands for none. They add up to attempts less successes.
create table synchealth.rollup_error_hour (
    bucket_at timestamptz not null,
    core_id integer not null,
    error_id integer not null,
    attempts integer not null,
    constraint rollup_error_hour_pkey primary key (core_id, bucket_at, error_id)
) with (fillfactor = 80);
create table synchealth.rollup_error_day (
    like synchealth.rollup_error_hour,
    constraint rollup_error_day_pkey primary key (core_id, bucket_at, error_id)
) with (fillfactor = 80);

-- Conflicts by class. They add up to the conflicts of the core rows.
create table synchealth.rollup_conflict_hour (
    bucket_at timestamptz not null,
    conflicts bigint not null,
    discarded bigint not null,
    core_id integer not null,
    conflict_id integer not null,
    constraint rollup_conflict_hour_pkey primary key (core_id, bucket_at, conflict_id)
) with (fillfactor = 80);
create table synchealth.rollup_conflict_day (
    like synchealth.rollup_conflict_hour,
    constraint rollup_conflict_day_pkey primary key (core_id, bucket_at, conflict_id)
) with (fillfactor = 80);

create view synchealth.error_row as
    select 3 as grain, bucket_at, core_id, error_id, attempts from synchealth.rollup_error_day
    union all
    select 2, bucket_at, core_id, error_id, attempts from synchealth.rollup_error_hour
    union all
    select 0, i.bucket_at, i.core_id, u.error_id, u.attempts::integer
    from synchealth.core_increment i cross join lateral unnest(i.error_ids, i.error_counts) u (error_id, attempts);

create view synchealth.conflict_row as
    select 3 as grain, bucket_at, core_id, conflict_id, conflicts, discarded from synchealth.rollup_conflict_day
    union all
    select 2, bucket_at, core_id, conflict_id, conflicts, discarded from synchealth.rollup_conflict_hour
    union all
    select 0, i.bucket_at, i.core_id, u.conflict_id, u.conflicts, u.discarded
    from synchealth.core_increment i cross join lateral unnest(i.conflict_ids, i.conflict_counts, i.conflict_discarded) u (conflict_id, conflicts, discarded);

---------------------------------------------------------------------------------------------------------- from raw events
-- How the conflicts of one attempt went: the twin of Writes/CoreIncrement.cs. conflict_count is the number: entries beyond it do not count, what
-- they lack of it has a line of its own in which nothing is known.
create function synchealth.conflict_lines(conflict_count integer, entries jsonb)
returns table (entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint)
language sql immutable parallel safe as $$
    with line as (
        select l.*,
            least(sum(greatest(l.count, 0)) over w, conflict_count) - least(sum(greatest(l.count, 0)) over w - greatest(l.count, 0), conflict_count) as counted
        from rows from (jsonb_to_recordset(entries) as (entity text, kind text, strategy text, winner text, count bigint, discarded bigint))
            with ordinality l(entity, kind, strategy, winner, count, discarded, line)
        window w as (order by l.line))
    select l.entity, l.kind, l.strategy, l.winner, l.counted::bigint, l.discarded from line l where l.counted <> 0 or l.discarded <> 0
    union all
    select '', 'unknown', 'unknown', 'unknown', rest, 0
    from (select conflict_count - coalesce((select sum(l.counted) from line l), 0)::bigint as rest) x
    where rest > 0
$$;

-- The twin of Writes/LagClass.cs.
create function synchealth.lag_class(lag interval) returns smallint
language sql immutable parallel safe
return (case when lag < interval '1 minute' then 0 when lag < interval '15 minutes' then 1 when lag < interval '1 hour' then 2
    when lag < interval '6 hours' then 3 when lag < interval '24 hours' then 4 when lag < interval '72 hours' then 5 else 6 end)::smallint;

-- As profile_groups, of one app: another app's tags are not read.
create function synchealth.app_profile_groups(app_name text, dimensions text[], filters text[])
returns table (profile_id integer, group_key text[])
language sql stable as $$
    select p.profile_id, k.group_key
    from synchealth.app a join synchealth.app_profile m using (app_id) join synchealth.device_profile p using (profile_id)
    cross join lateral (select jsonb_build_object('device_model', p.device_model)
        || coalesce((select jsonb_object_agg('tag:' || t.key, t.value) from jsonb_each_text(p.tags) t), '{}') as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where a.name = app_name
$$;

-- As before, with the profiles of the app only.
create or replace function synchealth.event_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.app_profile_groups(app_name, dimensions, filters) g),
    fact as materialized (
        select seg.no as seg_no, prof.no as prof_no, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at,
            synchealth.sketch_bucket(e.duration_ms) as bucket,
            count(*) as attempts,
            count(*) filter (where e.retries = 0) as first_try,
            count(*) filter (where e.duration_ms > 60000) as over_60s,
            count(*) filter (where e.conflict_count > 0) as conflicted,
            coalesce(sum(c.lww), 0) as lww, coalesce(sum(c.crdt), 0) as crdt, coalesce(sum(c.merge), 0) as merge, coalesce(sum(c.ot), 0) as ot,
            coalesce(sum(c.manual), 0) as manual, coalesce(sum(c.unresolved), 0) as unresolved,
            coalesce(sum(c.unknown), 0) as unknown, coalesce(sum(c.discarded), 0) as discarded,
            sum(e.pushed) as pushed, sum(e.pulled) as pulled, sum(least(e.bytes_up, 1::bigint << 40)) as bytes_up, sum(least(e.bytes_down, 1::bigint << 40)) as bytes_down
        from synchealth.events_on(clock, lo, hi) e
        join seg using (segment_id)
        join prof using (profile_id)
        left join lateral (
            select sum(l.conflicts) filter (where l.strategy = 'lww') as lww, sum(l.conflicts) filter (where l.strategy = 'crdt') as crdt,
                   sum(l.conflicts) filter (where l.strategy = 'merge') as merge, sum(l.conflicts) filter (where l.strategy = 'ot') as ot,
                   sum(l.conflicts) filter (where l.strategy = 'manual') as manual, sum(l.conflicts) filter (where l.strategy = 'unresolved') as unresolved,
                   sum(l.conflicts) filter (where l.strategy = 'unknown') as unknown, sum(l.discarded) as discarded
            from synchealth.conflict_lines(e.conflict_count, e.conflicts) l) c on e.conflict_count > 0 or e.conflicts is not null
        where e.outcome > 0
        group by 1, 2, 3, 4, 5, 6),
    combo as materialized (
        select *, dense_rank() over (order by x.group_key)::integer as no from (
        select f.*, g.blame, synchealth.join_keys(s.group_key, p.group_key, g.group_key) as group_key
        from (select distinct x.seg_no, x.prof_no, x.outcome, x.error_id from fact x) f
        join (select distinct x.no, x.group_key from seg x) s on s.no = f.seg_no
        join (select distinct x.no, x.group_key from prof x) p on p.no = f.prof_no
        join synchealth.ending_groups(dimensions, filters) g using (outcome, error_id)) x)
    select min(c.group_key), f.at,
        sum(f.attempts)::bigint, coalesce(sum(f.attempts) filter (where c.blame = 'nobody'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where f.outcome = 2), 0)::bigint, coalesce(sum(f.attempts) filter (where f.outcome = 4), 0)::bigint,
        coalesce(sum(f.first_try) filter (where c.blame = 'nobody'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where c.blame = 'offline'), 0)::bigint, coalesce(sum(f.attempts) filter (where c.blame = 'server'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where c.blame = 'app'), 0)::bigint,
        sum(f.over_60s)::bigint, sum(f.conflicted)::bigint,
        sum(f.lww)::bigint, sum(f.crdt)::bigint, sum(f.merge)::bigint, sum(f.ot)::bigint, sum(f.manual)::bigint, sum(f.unresolved)::bigint,
        sum(f.unknown)::bigint, sum(f.discarded)::bigint,
        sum(f.pushed)::bigint, sum(f.pulled)::bigint, sum(f.bytes_up)::bigint, sum(f.bytes_down)::bigint,
        coalesce(string_agg(synchealth.sketch_pair(f.bucket, f.attempts), ''::bytea) filter (where c.blame = 'nobody'), ''),
        coalesce(string_agg(synchealth.sketch_pair(f.bucket, f.attempts), ''::bytea) filter (where c.blame <> 'nobody'), '')
    from fact f join combo c using (seg_no, prof_no, outcome, error_id)
    group by c.no, f.at;
end
$$;

create or replace function synchealth.event_device_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, devices bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.app_profile_groups(app_name, dimensions, filters) g),
    ending as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.ending_groups(dimensions, filters) g),
    seen as (
        select distinct s.no as seg_no, p.no as prof_no, n.no as ending_no,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at, e.device_key
        from synchealth.events_on(clock, lo, hi) e
        join seg s using (segment_id)
        join prof p using (profile_id)
        join ending n on n.outcome = e.outcome and n.error_id = coalesce(e.error_id, 0)
        where e.has_device),
    counted as (select s.seg_no, s.prof_no, s.ending_no, s.at, count(*) as devices from seen s group by 1, 2, 3, 4)
    select synchealth.join_keys(s.group_key, p.group_key, n.group_key), c.at, c.devices
    from counted c
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no
    join (select distinct x.no, x.group_key from ending x) n on n.no = c.ending_no;
end
$$;
