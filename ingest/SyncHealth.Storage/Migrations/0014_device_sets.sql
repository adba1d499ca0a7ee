-- Distinct devices: sets that merge, per core segment and hour or day. Functions named as in 0004 take the place of those that stood there.
-- device_hour keeps the open hours only, one row per member; hours that are over become sets. A device in both counts once, so nothing
-- depends on when that happens.

alter table synchealth.device_hour drop constraint device_hour_pkey;
drop index synchealth.device_hour_hour;
alter table synchealth.device_hour add constraint device_hour_pkey primary key (core_id, hour_at, device_key);
alter table synchealth.device_hour set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- keys: device keys of 8 bytes. registers: HyperLogLogs of 4096 one-byte registers, empty while the set has a thousand devices or fewer.
-- Joining two encodings merges them, column by column; see Vitals/DeviceSet.cs, the twin of the functions below.
create table synchealth.device_set (
    bucket_at timestamptz not null,
    core_id integer not null,
    grain smallint not null,                    -- as in core_row: 3 days, 2 hours
    keys bytea not null,
    registers bytea not null,
    constraint device_set_pkey primary key (core_id, grain, bucket_at)
);
-- Keys are hashes: trying to compress them costs time and gives nothing.
alter table synchealth.device_set alter column keys set storage external, alter column registers set storage external;

-- A device key is a hash already. Its first 12 bits choose the register, the position of the first 1 in the other 52 is the rank.
create function synchealth.device_rank(key bytea) returns integer
language sql immutable parallel safe
return coalesce(nullif(position('1' in substring((('x' || encode(key, 'hex'))::bit(64))::text from 13)), 0), 53);

-- HyperLogLog, estimated as in Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (arxiv.org/abs/1702.01284), algorithm 6:
-- no thresholds, no bias tables. counts[k + 1]: registers of value k, from 0 to 53. Standard error 1.04 / sqrt(4096) = 1.6 %.
create function synchealth.device_estimate(counts bigint[]) returns bigint
language plpgsql immutable parallel safe as $$
declare
    m constant double precision := 4096;
    x double precision := 1 - counts[54] / m;   -- tau, then sigma
    y double precision := 1;
    z double precision := 1 - x;
    last double precision;
    total double precision;
begin
    if x > 0 and x < 1 then
        loop
            x := sqrt(x);
            last := z;
            y := 0.5 * y;
            z := z - (1 - x) * (1 - x) * y;
            exit when z = last;
        end loop;
        z := z / 3;
    else
        z := 0;
    end if;
    total := m * z;
    for k in reverse 52..1 loop
        total := 0.5 * (total + counts[k + 1]);
    end loop;
    x := counts[1] / m;
    if x = 1 then
        return 0;
    end if;
    y := 1;
    z := x;
    loop
        x := x * x;
        last := z;
        z := z + x * y;
        y := y + y;
        exit when z = last;
    end loop;
    total := total + m * z;
    -- Every register full: more than any number.
    return case when total = 0 then 9223372036854775807 else floor(m * m / (2 * ln(2::double precision) * total) + 0.5)::bigint end;
end
$$;

-- Devices of a set, or of several joined: exact to a thousand, an estimate above. The same set has the same count however it was put together.
create function synchealth.device_set_count(keys bytea, registers bytea) returns bigint
language plpgsql immutable parallel safe as $$
declare
    members constant bytea[] := array(select distinct substring(keys from i + 1 for 8) from generate_series(0, length(keys) - 8, 8) i);
begin
    if length(registers) = 0 and cardinality(members) <= 1000 then
        return cardinality(members);
    end if;
    return synchealth.device_estimate(array(
        select count(r.value)
        from generate_series(0, 53) k
        left join (
            select max(x.value) as value
            from (select i % 4096 as register, get_byte(registers, i) as value from generate_series(0, length(registers) - 1) i
                  union all
                  select get_byte(key, 0) * 16 + get_byte(key, 1) / 16, synchealth.device_rank(key) from unnest(members) key
                  union all
                  select i, 0 from generate_series(0, 4095) i) x
            group by x.register) r on r.value = k
        group by k
        order by k));
end
$$;

-- The devices with at least one attempt per group and point, as sets. Event clock, core grain: whole days and the hours at their edges from sets,
-- hours still open from device_hour, what is not folded yet from the increments, and the minutes at the edges from raw events.
create function synchealth.core_device_sets(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, keys bytea, registers bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    by_hour constant boolean := clock = 'event' and source in ('day', 'hour');
    hour_lo constant timestamptz := case when by_hour then least(synchealth.ceil_to('1 hour', lo), hi) else hi end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.core_groups(app_name, dimensions, filters) g),
    seg as materialized (
        select f.segment_id, c.no from core c join synchealth.segment f using (core_id)),
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
        where (d.grain = 3 and d.bucket_at >= day_lo and d.bucket_at < day_hi)
           or (d.grain = 2 and (d.bucket_at >= hour_lo and d.bucket_at < day_lo or d.bucket_at >= day_hi and d.bucket_at < hour_hi))),
    joined as (
        select p.no, p.at, string_agg(p.keys, ''::bytea) as keys, string_agg(p.registers, ''::bytea) as registers from part p group by 1, 2)
    select k.group_key, j.at, j.keys, j.registers
    from joined j join (select distinct x.no, x.group_key from core x) k using (no);
end
$$;

-- The same by any dimension, from raw events.
create function synchealth.event_device_sets(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, keys bytea, registers bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.profile_groups(dimensions, filters) g),
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
    joined as (
        select s.seg_no, s.prof_no, s.ending_no, s.at, string_agg(int8send(s.device_key), ''::bytea) as keys from seen s group by 1, 2, 3, 4)
    select synchealth.join_keys(s.group_key, p.group_key, n.group_key), j.at, j.keys, ''::bytea
    from joined j
    join (select distinct x.no, x.group_key from seg x) s on s.no = j.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = j.prof_no
    join (select distinct x.no, x.group_key from ending x) n on n.no = j.ending_no;
end
$$;

create function synchealth.device_sets(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, keys bytea, registers bytea)
language plpgsql stable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if synchealth.is_core(dimensions, filters) then
        return query select * from synchealth.core_device_sets(app_name, lo, hi, step, zone, clock, source, dimensions, filters);
    else
        return query select * from synchealth.event_device_sets(app_name, lo, hi, step, zone, clock, dimensions, filters);
    end if;
end
$$;

-- Distinct devices with at least one attempt per group and point.
create function synchealth.device_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, devices bigint)
language sql stable as $$
    select s.group_key, s.at, synchealth.device_set_count(s.keys, s.registers)
    from synchealth.device_sets(app_name, lo, hi, step, zone, clock, source, dimensions, filters) s
$$;
