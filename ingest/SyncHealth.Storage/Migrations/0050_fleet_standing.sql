-- Where the fleet stands now without reading its devices: sums per core segment as of the last refresh (every five minutes, from device state), which
-- the fold keeps up with every device that it changes. It takes off what the device added before, found from its old row and the moment of the
-- refresh, and adds what it adds now: so the sums are those of a scan, to the last device, and a refresh heals whatever might be wrong.
-- Until the first refresh, and while none comes for half a day, the fleet is read from device state as before.

---------------------------------------------------------------------------------------------------------- sums
-- The moment that the sums are relative to: devices are active that were seen in the 7 days before it, ages are ages at it.
create table synchealth.fleet_base (
    singleton boolean primary key default true,
    taken_at timestamptz not null,
    constraint fleet_base_is_one_row check (singleton)
);

-- Folded reports only. In the three sketches counts are those of int4: joining two encodings merges them as everywhere, and a pair may take away.
create table synchealth.fleet_standing (
    oldest_pending_at timestamptz,              -- not later than that of any active device; may be that of one that has changed since
    queue_sum bigint not null,
    core_id integer not null,
    devices integer not null,                   -- active
    gone integer not null,
    depths bytea not null,                      -- pairs of (depth, devices), as in fleet_snapshot
    pending_ages bytea not null,                -- pairs of (age_bucket, devices); devices with nothing pending are absent
    success_ages bytea not null,                -- a device that never synced ages from first seen
    constraint fleet_standing_pkey primary key (core_id)
) with (fillfactor = 50, toast_tuple_target = 8160);
alter table synchealth.fleet_standing
    alter column depths set storage external, alter column pending_ages set storage external, alter column success_ages set storage external;

-- The age of a moment at the base as a bucket: as in a sketch (in seconds) up to the base, and from 2048 on whole seconds since it, which stay
-- exact while they age. No age reaches 2048 otherwise, and 17 hours fit. The twin of Vitals/FleetAges.cs.
create function synchealth.age_bucket(at timestamptz, base_at timestamptz) returns integer
language sql immutable parallel safe
return case
    when at <= base_at then synchealth.sketch_bucket(date_part('epoch', base_at - at))
    when at > base_at then 2048 + least(floor(date_part('epoch', at - base_at)), 63487)::integer
end;

-- Buckets ascending, each once, of what is left when every pair has added or taken away.
create function synchealth.standing_buckets(sketch bytea) returns table (bucket integer, count bigint)
language sql immutable strict parallel safe as $$
    select b.bucket, b.count & 4294967295 from synchealth.sketch_buckets(sketch) b where b.count & 4294967295 > 0
$$;

-- Ages in seconds, aged_by seconds after the base, the youngest first; upper is the largest that may stand behind one.
create function synchealth.standing_ages(ages bytea, aged_by double precision)
returns table (seconds double precision, upper double precision, count bigint)
language sql immutable strict parallel safe as $$
    select case when b.bucket < 2048 then synchealth.sketch_value(b.bucket) + aged_by else greatest(aged_by - (b.bucket - 2048) - 0.5, synchealth.sketch_value(0)) end,
        case when b.bucket < 2048 then power(1.02::double precision, b.bucket) + aged_by else aged_by - (b.bucket - 2048) end,
        b.count
    from synchealth.standing_buckets(ages) b
    order by b.bucket < 2048, case when b.bucket < 2048 then b.bucket else -b.bucket end
$$;

-- Nearest rank, as sketch_percentile.
create function synchealth.age_percentile(ages bytea, q numeric, aged_by double precision) returns double precision
language sql immutable strict parallel safe as $$
    select x.seconds
    from (select a.seconds, sum(a.count) over (rows unbounded preceding) as up_to, sum(a.count) over () as total
          from synchealth.standing_ages(ages, aged_by) a) x
    where x.up_to >= greatest(ceil(q * x.total), 1)
    order by x.up_to
    limit 1
$$;

-- The greatest age: the known one, unless it is older than the oldest that is left, for then its device has changed.
create function synchealth.oldest_age(ages bytea, known double precision, aged_by double precision) returns double precision
language sql immutable parallel safe as $$
    select case when known <= a.upper then known else a.seconds end
    from synchealth.standing_ages(ages, aged_by) a
    order by a.upper desc
    limit 1
$$;

---------------------------------------------------------------------------------------------------------- devices
-- The devices of an app that have reports which are not folded yet, as they stand with them. Ties break by (time, seq, hash), so arrival order
-- changes nothing.
create function synchealth.device_fresh(app integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz,
    last_success_at timestamptz, oldest_pending_at timestamptz, queue_depth integer)
language sql stable as $$
    with fresh as materialized (
        select i.*, coalesce(i.seq, -1) as seq_or_none
        from synchealth.device_increment i join synchealth.core_segment c using (core_id)
        where c.app_id = app),
    latest as materialized (
        select distinct on (f.device_key) f.*,
            min(f.first_event_at) over (partition by f.device_key) as first_at,
            max(f.last_success_at) over (partition by f.device_key) as success_at
        from fresh f
        order by f.device_key, f.event_at desc, f.seq_or_none desc, f.event_hash desc)
    select l.device_key,
        case when is_newer then l.segment_id else s.segment_id end,
        case when is_newer then l.profile_id else s.profile_id end,
        least(s.first_seen_at, l.first_at), greatest(s.last_seen_at, l.event_at), greatest(s.last_success_at, l.success_at),
        case when is_newer then l.oldest_pending_at else s.oldest_pending_at end,
        case when is_newer then l.queue_depth else s.queue_depth end
    from latest l
    left join synchealth.device_state s using (device_key)
    cross join lateral (select s.device_key is null
        or (l.event_at, l.seq_or_none, l.event_hash) > (s.last_seen_at, s.last_seq, s.last_hash) as is_newer) n
$$;

-- One row per known device of an app, unfolded reports included.
create or replace function synchealth.device_now(app integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz,
    last_success_at timestamptz, oldest_pending_at timestamptz, queue_depth integer)
language sql stable as $$
    with fresh as materialized (select f.* from synchealth.device_fresh(app) f)
    select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
    from synchealth.device_state s
    where s.app_id = app and s.device_key not in (select f.device_key from fresh f)
    union all
    select f.* from fresh f
$$;

---------------------------------------------------------------------------------------------------------- the fleet now
-- The fleet of an app at this moment by core dimensions, relative to the base: its standing, less the devices that left the active window since
-- (few: those last seen between seven days before the base and seven days ago), and with the reports that are not folded yet.
create function synchealth.fleet_standing_now(app_name text, base_at timestamptz, now_at timestamptz, dimensions text[], filters text[])
returns setof synchealth.fleet_count
language plpgsql stable set plan_cache_mode = auto set jit = off as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    return query
    with core as materialized (select g.core_id, g.group_key from synchealth.core_groups(app_name, dimensions, filters) g),
    fresh as materialized (select f.* from synchealth.device_fresh(app) f),
    -- What the standing holds of a device whose place has changed, to be taken off, and what holds now.
    moved as (
        select -1 as sign, s.last_seen_at > base_at - interval '7 days' as is_active, s.segment_id, s.queue_depth, s.oldest_pending_at,
            coalesce(s.last_success_at, s.first_seen_at) as success_at
        from fresh f join synchealth.device_state s using (device_key)
        union all
        select 1, f.last_seen_at > now_at - interval '7 days', f.segment_id, f.queue_depth, f.oldest_pending_at, coalesce(f.last_success_at, f.first_seen_at)
        from fresh f
        union all
        select v.sign, v.sign < 0, s.segment_id, s.queue_depth, s.oldest_pending_at, coalesce(s.last_success_at, s.first_seen_at)
        from synchealth.device_state s cross join (values (-1), (1)) v (sign)
        where s.app_id = app and s.last_seen_at > base_at - interval '7 days' and s.last_seen_at <= now_at - interval '7 days'
          and s.device_key not in (select f.device_key from fresh f)),
    part as (
        select s.core_id, s.devices, s.gone, s.queue_sum, s.oldest_pending_at, s.depths, s.pending_ages, s.success_ages
        from synchealth.fleet_standing s
        union all
        select t.core_id, m.sign, 0, m.sign * m.queue_depth::bigint, case when m.sign > 0 then m.oldest_pending_at end,
            synchealth.sketch_pair(least(m.queue_depth, 65535), m.sign),
            coalesce(synchealth.sketch_pair(synchealth.age_bucket(m.oldest_pending_at, base_at), m.sign), ''),
            synchealth.sketch_pair(synchealth.age_bucket(m.success_at, base_at), m.sign)
        from moved m join synchealth.segment t using (segment_id)
        where m.is_active
        union all
        select t.core_id, 0, m.sign, 0, null, '', '', ''
        from moved m join synchealth.segment t using (segment_id)
        where not m.is_active)
    select c.group_key, sum(p.devices)::bigint, sum(p.gone)::bigint, sum(p.queue_sum)::bigint, min(p.oldest_pending_at),
        string_agg(p.depths, ''::bytea), string_agg(p.pending_ages, ''::bytea), string_agg(p.success_ages, ''::bytea)
    from part p join core c using (core_id)
    group by c.group_key
    having sum(p.devices) <> 0 or sum(p.gone) <> 0;
end
$$;

-- As before, and now (which stands for any later moment) from the standing where it answers: ages are relative to taken_at. Dimensions beyond core
-- (os_version, device_model, tags) read device state.
create or replace function synchealth.fleet_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    core_only constant boolean := synchealth.is_core(dimensions, filters);
    base_at constant timestamptz := (
        select b.taken_at from synchealth.fleet_base b where b.taken_at <= now_at and b.taken_at > now_at - interval '12 hours');
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if core_only and now_at > any (moments) then
        return query
        with core as materialized (select * from synchealth.core_groups(app_name, dimensions, filters))
        select g.group_key, m.moment, s.taken_at, sum(s.devices), sum(s.gone), sum(s.queue_sum)::bigint, min(s.oldest_pending_at),
            string_agg(s.depths, ''::bytea), string_agg(s.pending_ages, ''::bytea), string_agg(s.success_ages, ''::bytea)
        from unnest(moments) m(moment)
        cross join lateral (
            select max(x.taken_at) as taken_at from synchealth.fleet_snapshot x
            where x.taken_at <= m.moment and x.taken_at > m.moment - interval '10 minutes') t
        join synchealth.fleet_snapshot s on s.taken_at = t.taken_at
        join core g using (core_id)
        where m.moment < now_at
        group by 1, 2, 3;
    end if;
    if now_at <= any (moments) and core_only and base_at is not null then
        return query
        select f.group_key, now_at, base_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_standing_now(app_name, base_at, now_at, dimensions, filters) f;
    elsif now_at <= any (moments) then
        return query
        select f.group_key, now_at, now_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_now(app_name, now_at, dimensions, filters) f;
    end if;
end
$$;

-- Queue depth and staleness now: select * from synchealth.fleet('notes', '{os}').
create or replace function synchealth.fleet(
    app_name text, dimensions text[] default '{}', filters text[] default '{}', threshold integer default 1000, now_at timestamptz default now())
returns table (group_key text[], devices bigint, gone bigint, queue_mean double precision, queue_p99 integer, devices_over bigint, share_over double precision,
    oldest_pending_seconds double precision, staleness_p50_seconds double precision, staleness_p90_seconds double precision, staleness_p99_seconds double precision)
language sql stable as $$
    select f.group_key, f.devices, f.gone, f.queue_sum::double precision / nullif(f.devices, 0),
        (select q.bucket from (select bucket, sum(count) over (order by bucket) as up_to from synchealth.standing_buckets(f.depths)) q
         where q.up_to >= ceil(0.99 * f.devices) order by q.bucket limit 1),
        o.devices_over, 100.0 * o.devices_over / nullif(f.devices, 0),
        synchealth.oldest_age(f.pending_ages, date_part('epoch', now_at - f.oldest_pending_at), a.aged_by),
        synchealth.age_percentile(f.success_ages, 0.5, a.aged_by), synchealth.age_percentile(f.success_ages, 0.9, a.aged_by),
        synchealth.age_percentile(f.success_ages, 0.99, a.aged_by)
    from synchealth.fleet_at(app_name, array[now_at], now_at, dimensions, filters) f
    cross join lateral (select date_part('epoch', now_at - f.taken_at) as aged_by) a
    cross join lateral (select coalesce(sum(b.count), 0)::bigint as devices_over from synchealth.standing_buckets(f.depths) b where b.bucket > threshold) o
    order by 1
$$;
