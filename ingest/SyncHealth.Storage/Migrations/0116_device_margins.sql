-- Margins of device sets: the devices of one value of one core dimension, whatever the others. A month by version read a set for every version, system and network of
-- every day, and a day by version one for each of every hour: nine thousand of them. The margin holds one for each number shown, and is a tenth as many rows.

---------------------------------------------------------------------------------------------------------- rows
-- What device_set holds, joined by value: fed by the statement that feeds device_set, so that a reader's snapshot sees a device in both or in neither.
-- Keys and registers as there.
create table synchealth.device_margin (
    bucket_at timestamptz not null,
    app_id integer not null,
    grain smallint not null,                    -- 3 days; 2 six hours, of versions and networks; 1 hours, of systems alone, which are few
    dimension text not null,                    -- app_version, os or network
    environment text not null,
    value text not null,
    keys bytea not null,
    registers bytea not null,
    constraint device_margin_pkey primary key (app_id, dimension, grain, bucket_at, environment, value)
);
alter table synchealth.device_margin alter column keys set storage external, alter column registers set storage external;

-- Whether joining has made an encoding longer than it need be: more than one HyperLogLog, keys beside it of half its size, or more keys than are counted exactly.
create function synchealth.is_grown_set(keys bytea, registers bytea) returns boolean
language sql immutable parallel safe
return octet_length(registers) > 4096 or octet_length(keys) > case when octet_length(registers) > 0 then 2048 else 8000 end;

-- Empty but for what waits to be compacted.
create index device_margin_grown on synchealth.device_margin (app_id) where synchealth.is_grown_set(keys, registers);

-- The margins that an hour of a core segment is in.
create function synchealth.device_margins_of(segment synchealth.core_segment, hour_at timestamptz)
returns table (grain smallint, bucket_at timestamptz, dimension text, value text)
language sql immutable parallel safe as $$
    select g.grain, g.at, g.dimension, g.value
    from (values
        (1::smallint, hour_at, 'os', segment.os),
        (2::smallint, synchealth.floor_to('6 hours', hour_at), 'app_version', segment.app_version),
        (2::smallint, synchealth.floor_to('6 hours', hour_at), 'network', segment.network),
        (3::smallint, synchealth.floor_to('1 day', hour_at), 'app_version', segment.app_version),
        (3::smallint, synchealth.floor_to('1 day', hour_at), 'os', segment.os),
        (3::smallint, synchealth.floor_to('1 day', hour_at), 'network', segment.network)) g (grain, at, dimension, value)
$$;

-- Sets that were made before there were margins. They are joined here and compacted by the next fold. A day may have a set where its hours have none any more.
insert into synchealth.device_margin (app_id, dimension, grain, bucket_at, environment, value, keys, registers)
select c.app_id, m.dimension, m.grain, m.bucket_at, c.environment, m.value, string_agg(s.keys, ''::bytea), string_agg(s.registers, ''::bytea)
from synchealth.device_set s
join synchealth.core_segment c using (core_id)
cross join lateral synchealth.device_margins_of(c, s.bucket_at) m
where (s.grain = 3) = (m.grain = 3)
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6;

---------------------------------------------------------------------------------------------------------- reading
-- As before, and where one core dimension is all that is asked for beside the environment (any, where none is), sets come from its margin: whole days, and as far as
-- steps allow what there is shorter than a day. Hours at the edges of that are core segments' as before, and so is what no set holds yet.
create or replace function synchealth.core_device_sets(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, keys bytea, registers bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    by_hour constant boolean := clock = 'event' and source in ('day', 'hour');
    hour_lo constant timestamptz := case when by_hour then least(synchealth.ceil_to('1 hour', lo), hi) else hi end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    margin constant text := case when by_hour then synchealth.margin_of(dimensions, filters) end;
    short constant interval := case when margin = 'os' then '1 hour' else '6 hours' end;
    -- Six hours are within one step. A step of a day begins at midnight somewhere, which is that of days only where these are the source.
    has_short constant boolean := margin = 'os' or margin is not null and (step is null or source = 'day' or step <> '1 day' and extract(epoch from step)::bigint % 21600 = 0);
    short_lo constant timestamptz := case when has_short then least(synchealth.ceil_to(short, hour_lo), hour_hi) else hour_hi end;
    short_hi constant timestamptz := greatest(synchealth.floor_to(short, hour_hi), short_lo);
    -- The hours that are left to the segments: [hour_lo, left_hi) and [right_lo, hour_hi).
    left_hi constant timestamptz := case when has_short then short_lo else day_lo end;
    right_lo constant timestamptz := case when has_short then short_hi else day_hi end;
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.core_groups(app_name, dimensions, filters) g),
    seg as materialized (
        select f.segment_id, c.no from core c join synchealth.segment f using (core_id)),
    shared as materialized (
        select distinct c.no, s.app_id, s.environment, case margin when 'app_version' then s.app_version when 'os' then s.os else s.network end as value
        from core c join synchealth.core_segment s using (core_id)
        where margin is not null),
    seen as (
        select c.no, synchealth.point_of(h.hour_at, step, zone, lo) as at, h.device_key
        from synchealth.device_hour h join core c using (core_id)
        where h.hour_at >= hour_lo and h.hour_at < hour_hi
        union
        select c.no, synchealth.point_of(n.hour_at, step, zone, lo), i.device_key
        from synchealth.device_increment i join core c using (core_id)
        join generate_series(0, 23) h on i.hours >> h & 1 = 1
        cross join lateral (select synchealth.floor_to('1 day', i.event_at) + interval '1 hour' * h as hour_at) n
        where n.hour_at >= hour_lo and n.hour_at < hour_hi
        union
        select s.no, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo), e.device_key
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        join seg s using (segment_id)
        where e.has_device and e.outcome > 0),
    part as (
        select s.no, s.at, int8send(s.device_key) as keys, ''::bytea as registers from seen s
        union all
        select c.no, synchealth.point_of(d.bucket_at, step, zone, lo), d.keys, d.registers
        from synchealth.device_set d join core c using (core_id)
        where (margin is null and d.grain = 3 and d.bucket_at >= day_lo and d.bucket_at < day_hi)
           or (d.grain = 2 and (d.bucket_at >= hour_lo and d.bucket_at < left_hi or d.bucket_at >= right_lo and d.bucket_at < hour_hi))
        union all
        select x.no, synchealth.point_of(d.bucket_at, step, zone, lo), d.keys, d.registers
        from shared x
        join synchealth.device_margin d on d.app_id = x.app_id and d.dimension = margin and d.environment = x.environment and d.value = x.value
        where (d.grain = 3 and d.bucket_at >= day_lo and d.bucket_at < day_hi)
           or (d.grain = case when margin = 'os' then 1 else 2 end
               and (d.bucket_at >= short_lo and d.bucket_at < least(day_lo, short_hi) or d.bucket_at >= greatest(day_hi, short_lo) and d.bucket_at < short_hi))),
    joined as (
        select p.no, p.at, string_agg(p.keys, ''::bytea) as keys, string_agg(p.registers, ''::bytea) as registers from part p group by 1, 2)
    select k.group_key, j.at, j.keys, j.registers
    from joined j join (select distinct x.no, x.group_key from core x) k using (no);
end
$$;
