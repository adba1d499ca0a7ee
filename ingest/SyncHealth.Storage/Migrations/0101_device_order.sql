-- One page of the list of devices of a large fleet without reading the fleet: in the order of an index, as far as the page goes. How many there are in all is known
-- from tallies (0100).

-- Who has an oldest pending write, in the order of age. By the hour, as device_state_app and for its reason (0096): devices of one hour are sorted when they are asked for.
create index device_state_pending on synchealth.device_state (app_id, (synchealth.floor_to('1 hour', oldest_pending_at))) where oldest_pending_at is not null;

-- Who reports but does not succeed: for the others the time of the last success is within an hour of their last sight, by whose hour device_state_app orders them well enough.
create index device_state_unsynced on synchealth.device_state (app_id, (coalesce(last_success_at, first_seen_at)), last_seen_at)
    where last_seen_at - coalesce(last_success_at, first_seen_at) > interval '1 hour';

-- Devices among which the first wanted of a list are, each in full: of every part of the list the first wanted in its order, and of a part that follows another none
-- when that has enough. The caller puts them in order. Unfolded reports are not among them, and neither are the devices in besides. segments and profiles: null lets
-- all pass. Of show and sort see ListDevices.sql.
create function synchealth.device_candidates(
    app integer, now_at timestamptz, segments integer[], profiles integer[], besides bigint[], show text, sort text, reverse boolean, wanted integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz, last_success_at timestamptz,
    oldest_pending_at timestamptz, queue_depth integer, clock_offset_ms bigint, pause interval)
language plpgsql stable set jit = off as $$
declare
    -- $1 app, $2 now_at, $3 segments, $4 profiles, $5 besides, $6 show, $7 wanted, $8 a moment of the part's own.
    part constant text := 'select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth, s.clock_offset_ms, %s '
        'from synchealth.device_state s %s where s.app_id = $1 and s.device_key <> all ($5) and %s and %s order by %s limit $7';
    success constant text := 'coalesce(s.last_success_at, s.first_seen_at)';
    pauses constant text := 'left join synchealth.device_pause p on p.device_key = s.device_key';
    is_quiet constant boolean := show in ('late', 'silent', 'gone');
    passing constant text := concat_ws(' and ', case when segments is not null then 's.segment_id = any ($3) and s.profile_id = any ($4)' end,
        case when is_quiet then 's.last_seen_at < $2 - interval ''1 day'' and synchealth.presence_state($2 - s.last_seen_at, p.pause) = $6'
             else 's.last_seen_at > $2 - interval ''7 days'' and s.last_seen_at <= $2 + interval ''1 hour'' and s.last_hour_at between $2 - interval ''7 days 1 hour'' and $2 + interval ''1 hour''' end,
        case show when 'waiting' then 's.queue_depth > 0' when 'stale' then success || ' < $2 - interval ''1 day''' end);
    direction constant text := case when reverse then ' desc' else '' end;
    by_sight constant text := 's.last_hour_at' || direction || ', s.last_seen_at' || direction;
    by_age constant text := 'synchealth.floor_to(''1 hour'', s.oldest_pending_at)' || case when sort = 'oldest' then direction else '' end
        || ', s.oldest_pending_at' || case when sort = 'oldest' then direction else '' end || ', s.device_key';
    -- Each: what holds of the part, its order, and whether it is asked when those before it have enough.
    parts text[];
    i integer := 1;
    found_so_far bigint := 0;
    found_now bigint;
    bound timestamptz;
begin
    if is_quiet and sort in ('pause', 'seen') then
        return query select * from synchealth.quiet_candidates(app, now_at, segments, profiles, besides, show, reverse, wanted);
        return;
    end if;
    parts := case
        when sort = 'queue' and not reverse then array[
            's.queue_depth > 0', 's.queue_depth desc, s.oldest_pending_at nulls last, s.device_key',
            's.queue_depth = 0 and s.oldest_pending_at is not null', by_age,
            's.queue_depth = 0 and s.oldest_pending_at is null', 's.device_key']
        when sort = 'queue' then array[
            's.queue_depth = 0 and s.oldest_pending_at is not null', by_age,
            's.queue_depth = 0 and s.oldest_pending_at is null', 's.device_key',
            's.queue_depth > 0', 's.queue_depth, s.oldest_pending_at nulls last, s.device_key']
        when sort = 'oldest' then array[
            's.oldest_pending_at is not null', by_age,
            's.oldest_pending_at is null', 's.device_key']
        when sort = 'success' then array[
            's.last_seen_at - ' || success || ' > interval ''1 hour''', success || direction || ', s.oldest_pending_at nulls last, s.device_key']
        else array['true', by_sight || ', s.oldest_pending_at nulls last, s.device_key']
    end;
    while i < cardinality(parts) and found_so_far < wanted loop
        return query execute format(part, case when is_quiet then 'p.pause' else 'null::interval' end, case when is_quiet then pauses else '' end, passing, parts[i], parts[i + 1])
            using app, now_at, segments, profiles, besides, show, wanted;
        get diagnostics found_now = row_count;
        found_so_far := found_so_far + found_now;
        i := i + 2;
    end loop;
    if sort = 'success' then
        -- The others, by when they were seen. The last of the first wanted has a success at most an hour before that: whoever comes before it was seen within the next hour.
        execute format('select max(x.at) from (select row_number() over () as n, s.last_seen_at as at from synchealth.device_state s %s where s.app_id = $1 and s.device_key <> all ($5) and %s and %s order by %s limit $7) x where x.n = $7',
            case when is_quiet then pauses else '' end, passing, 's.last_seen_at - ' || success || ' <= interval ''1 hour''', by_sight)
            into bound using app, now_at, segments, profiles, besides, show, wanted;
        return query execute format(part, case when is_quiet then 'p.pause' else 'null::interval' end, case when is_quiet then pauses else '' end, passing,
            's.last_seen_at - ' || success || ' <= interval ''1 hour'' and ' || case when reverse then 's.last_seen_at >= $8 and s.last_hour_at >= $8 - interval ''1 hour''' else 's.last_seen_at <= $8 and s.last_hour_at <= $8' end,
            success || direction || ', s.oldest_pending_at nulls last, s.device_key')
            using app, now_at, segments, profiles, besides, show, wanted,
                case when reverse then coalesce(bound - interval '1 hour', '-infinity') else coalesce(bound + interval '1 hour', 'infinity') end;
    end if;
end
$$;

-- The same of devices that are late, silent or gone, by how long they have been quiet. Of one habit, longest quiet in pauses and longest quiet in hours are one order, and
-- what is late is one stretch of time: so each habit is one stretch of an index. Whoever is quiet for a day was last seen before the habits were written down.
create function synchealth.quiet_candidates(
    app integer, now_at timestamptz, segments integer[], profiles integer[], besides bigint[], show text, reverse boolean, wanted integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz, last_success_at timestamptz,
    oldest_pending_at timestamptz, queue_depth integer, clock_offset_ms bigint, pause interval)
language plpgsql stable set jit = off as $$
declare
    -- $1 app, $2 habit, $3 from, $4 to, $5 besides, $6 segments, $7 profiles, $8 wanted.
    head constant text := 'select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth, s.clock_offset_ms, ';
    daily constant text := 'null::interval from synchealth.device_state s where s.app_id = $1 and s.last_seen_at >= $3 and s.last_seen_at < $4 '
        'and s.last_hour_at >= $3 - interval ''1 hour'' and s.last_hour_at < $4 '
        'and not exists (select from synchealth.device_pause p where p.device_key = s.device_key) and s.device_key <> all ($5) %1$s order by s.last_hour_at%2$s, s.last_seen_at%2$s, s.oldest_pending_at nulls last, s.device_key limit $8';
    slower constant text := 'p.pause from synchealth.device_pause p join synchealth.device_state s using (device_key) where p.app_id = $1 and p.pause = $2 '
        'and p.last_seen_at >= $3 and p.last_seen_at < $4 and s.last_seen_at >= $3 and s.last_seen_at < $4 and s.device_key <> all ($5) %1$s order by p.last_seen_at%2$s, s.oldest_pending_at nulls last, s.device_key limit $8';
    passing constant text := case when segments is not null then 'and s.segment_id = any ($6) and s.profile_id = any ($7)' else '' end;
    direction constant text := case when reverse then ' desc' else '' end;
    habit interval;
begin
    for habit in
        select interval '1 day'
        union all
        select d * interval '1 day' from generate_series(2, 35) d where exists (select from synchealth.device_pause p where p.app_id = app and p.pause = d * interval '1 day')
    loop
        return query execute head || format(case when habit = interval '1 day' then daily else slower end, passing, direction)
            using app, habit,
                case show when 'late' then now_at - 2 * habit when 'silent' then now_at - greatest(4 * habit, interval '7 days') else '-infinity' end,
                case show when 'late' then now_at - habit when 'silent' then now_at - 2 * habit else now_at - greatest(4 * habit, interval '7 days') end,
                besides, segments, profiles, wanted;
    end loop;
end
$$;

-- The devices of a list, or of a large fleet those among which its first wanted are, and how many there are in all. Filters are of devices. Of show and sort see
-- ListDevices.sql.
create function synchealth.listed_devices(app_name text, now_at timestamptz, filters text[], show text, sort text, reverse boolean, wanted integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz, last_success_at timestamptz,
    oldest_pending_at timestamptz, queue_depth integer, clock_offset_ms bigint, pause interval, total bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    is_quiet constant boolean := show in ('late', 'silent', 'gone');
    tallied constant bigint := (
        select sum(case show when 'all' then (t.tally).devices when 'waiting' then (t.tally).waiting when 'stale' then (t.tally).stale
            when 'late' then (t.tally).late when 'silent' then (t.tally).silent else (t.tally).gone end)
        from synchealth.tallies(app_name, now_at, '{}', filters) t);
    segments integer[];
    profiles integer[];
begin
    if filters <> '{}' then
        segments := array(select g.segment_id from synchealth.segment_groups(app_name, '{}', filters) g);
        profiles := array(select g.profile_id from synchealth.profile_groups('{}', filters) g);
    end if;
    return query
    with fresh as materialized (select f.* from synchealth.device_fresh(app) f),
    known as (
        select f.device_key, f.segment_id, f.profile_id, f.first_seen_at, f.last_seen_at, f.last_success_at, f.oldest_pending_at, f.queue_depth, s.clock_offset_ms
        from fresh f left join synchealth.device_state s using (device_key)
        union all
        select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth, s.clock_offset_ms
        from synchealth.device_state s
        where tallied is null and s.app_id = app and s.device_key not in (select f.device_key from fresh f)),
    judged as (
        select k.*, h.pause
        from known k
        left join (select h.* from synchealth.known_pauses(case when is_quiet then app end, now_at) h) h using (device_key)
        where (segments is null or k.segment_id = any (segments) and k.profile_id = any (profiles))
          and (is_quiet or k.last_seen_at > now_at - interval '7 days') and k.last_seen_at <= now_at + interval '1 hour'
          and case show
              when 'waiting' then k.queue_depth > 0
              when 'stale' then coalesce(k.last_success_at, k.first_seen_at) < now_at - interval '1 day'
              when 'all' then true
              else synchealth.presence_state(now_at - k.last_seen_at, h.pause) = show
          end),
    listed as (
        select j.* from judged j
        union all
        select c.*
        from synchealth.device_candidates(app, now_at, segments, profiles, array(select f.device_key from fresh f), show, sort, reverse, wanted) c
        where tallied is not null)
    select l.*, coalesce(tallied, count(*) over ()) from listed l;
end
$$;
