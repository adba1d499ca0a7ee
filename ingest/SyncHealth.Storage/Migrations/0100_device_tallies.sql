-- What a page asks of every device of an app, added up every five minutes for the apps whose devices are too many to be read by whoever asks: who is still there,
-- whose reports were lost, whose clock is off. A million devices take seconds each time; a row per core segment takes none.

-- Habits beyond a day (see synchealth.device_habits), as of a day: they are made of whole days (UTC), so that they stay the same until the next. A device that is
-- not here is a daily one.
create table synchealth.device_pause (
    device_key bigint not null,
    last_seen_at timestamptz not null,          -- when this was written; a device that has reported since is active, whatever its habit
    pause interval not null,
    app_id integer not null,
    constraint device_pause_pkey primary key (device_key)
);
create index device_pause_app on synchealth.device_pause (app_id, pause, last_seen_at);

-- The day that the habits of an app are of.
create table synchealth.device_pause_day (
    app_id integer not null,
    day_at timestamptz not null,
    constraint device_pause_day_pkey primary key (app_id)
);

-- Devices by the core segment of their last report. A core segment without devices may be absent.
create table synchealth.device_tally (
    taken_at timestamptz not null,              -- all rows of an app are of one moment
    last_received_at timestamptz not null,
    issued bigint not null,                     -- as in synchealth.device_seqs, of those seen in the 7 days before
    received bigint not null,
    missing bigint not null,
    core_id integer not null,
    devices integer not null,                   -- seen in the 7 days before
    waiting integer not null,                   -- of those, with something queued
    stale integer not null,                     -- of those, without a success for a day
    clocks_off integer not null,                -- of those, by 55 minutes or more
    numbered integer not null,                  -- of those, which number their reports
    with_gaps integer not null,
    active integer not null,                    -- of all devices, as in synchealth.presence
    late integer not null,
    silent integer not null,
    gone integer not null,
    reporting integer not null,                 -- expected ones heard of within a day
    synced integer not null,                    -- expected ones that succeeded within a day
    constraint device_tally_pkey primary key (core_id)
);

---------------------------------------------------------------------------------------------------------- writing
-- Writes the habits of an app down again when a new day has begun. Reads every day of every device.
create function synchealth.note_pauses(app integer, at timestamptz) returns void
language plpgsql set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
begin
    if exists (select from synchealth.device_pause_day d where d.app_id = app and d.day_at = synchealth.floor_to('1 day', at)) then
        return;
    end if;
    delete from synchealth.device_pause p where p.app_id = app;
    insert into synchealth.device_pause (device_key, last_seen_at, pause, app_id)
    select h.device_key, s.last_seen_at, h.pause, app
    from synchealth.device_habits(app, at) h
    join synchealth.device_state s using (device_key)
    where h.pause > interval '1 day' and s.app_id = app
    order by h.device_key
    on conflict (device_key) do nothing;
    insert into synchealth.device_pause_day (app_id, day_at) values (app, synchealth.floor_to('1 day', at))
    on conflict (app_id) do update set day_at = excluded.day_at;
end
$$;

-- Adds up the devices of every app that has least_devices, as the fold has left them; takes what there was of the others away.
-- False while another process is at it. The lock's key is any constant of ours.
create function synchealth.tally_devices(at timestamptz, least_devices bigint) returns boolean
language plpgsql set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app integer;
    large integer[];
begin
    if not pg_try_advisory_xact_lock(6009217432013498732) then
        return false;
    end if;
    large := array(
        select c.app_id from synchealth.fleet_standing f join synchealth.core_segment c using (core_id)
        group by c.app_id having sum(f.devices) + sum(f.gone) >= least_devices order by 1);
    delete from synchealth.device_tally t using synchealth.core_segment c where c.core_id = t.core_id and c.app_id <> all (large);
    delete from synchealth.device_pause_day d where d.app_id <> all (large);
    delete from synchealth.device_pause p where p.app_id <> all (large);
    foreach app in array large loop
        perform synchealth.note_pauses(app, at);
        delete from synchealth.device_tally t using synchealth.core_segment c where c.core_id = t.core_id and c.app_id = app;
        insert into synchealth.device_tally (
            taken_at, core_id, last_received_at, devices, waiting, stale, clocks_off, numbered, with_gaps, issued, received, missing, active, late, silent, gone, reporting, synced)
        with device as (
            select g.core_id, s.last_seen_at, s.last_success_at, s.last_received_at, s.queue_depth, s.last_seen_at > at - interval '7 days' as is_recent,
                coalesce(s.last_success_at, s.first_seen_at) < at - interval '1 day' as is_stale, abs(s.clock_offset_ms) >= 3300000 as is_off,
                case when s.highest_seq - s.lowest_seq < 10000000 then s.highest_seq - s.lowest_seq + 1 end as issued,
                case when s.highest_seq - s.lowest_seq < 10000000 then s.seqs end as received,
                synchealth.presence_state(at - s.last_seen_at, p.pause) as state
            from synchealth.device_state s
            join synchealth.segment g using (segment_id)
            left join synchealth.device_pause p using (device_key)
            where s.app_id = app)
        select at, v.core_id, max(v.last_received_at), count(*) filter (where v.is_recent), count(*) filter (where v.is_recent and v.queue_depth > 0),
            count(*) filter (where v.is_recent and v.is_stale), count(*) filter (where v.is_recent and v.is_off),
            count(v.issued) filter (where v.is_recent), count(*) filter (where v.is_recent and v.issued > v.received),
            coalesce(sum(v.issued) filter (where v.is_recent), 0), coalesce(sum(v.received) filter (where v.is_recent), 0),
            coalesce(sum(greatest(v.issued - v.received, 0)) filter (where v.is_recent), 0),
            count(*) filter (where v.state = 'active'), count(*) filter (where v.state = 'late'), count(*) filter (where v.state = 'silent'), count(*) filter (where v.state = 'gone'),
            count(*) filter (where v.state <> 'gone' and at - v.last_seen_at <= interval '1 day'),
            count(*) filter (where v.state <> 'gone' and at - v.last_success_at <= interval '1 day')
        from device v
        group by v.core_id
        order by v.core_id;
    end loop;
    return true;
end
$$;

---------------------------------------------------------------------------------------------------------- reading
-- The tallies that answer for an app at a moment: none where the app is small, where they are older than a quarter of an hour, and where filters ask for more than
-- core dimensions.
create function synchealth.tallies(app_name text, now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], tally synchealth.device_tally)
language plpgsql stable as $$
begin
    if synchealth.is_core(dimensions, filters) then
        return query
        select g.group_key, t
        from synchealth.core_groups(app_name, dimensions, filters) g join synchealth.device_tally t using (core_id)
        where t.taken_at > now_at - interval '15 minutes' and t.taken_at <= now_at;
    end if;
end
$$;

-- As synchealth.device_habits, where a day is all that is asked of a habit: as they were written down where they are of today. Habits of a day may be absent.
create function synchealth.known_pauses(app integer, now_at timestamptz)
returns table (device_key bigint, pause interval)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    if exists (select from synchealth.device_pause_day d where d.app_id = app and d.day_at = synchealth.floor_to('1 day', now_at)) then
        return query select p.device_key, p.pause from synchealth.device_pause p where p.app_id = app;
    else
        return query select h.device_key, h.pause from synchealth.device_habits(app, now_at) h;
    end if;
end
$$;

-- As before, from tallies where they answer.
create or replace function synchealth.presence(
    app_name text, within interval default '24 hours', dimensions text[] default '{}', filters text[] default '{}', now_at timestamptz default now())
returns table (group_key text[], active bigint, late bigint, silent bigint, gone bigint, reporting bigint, synced bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if within = interval '24 hours' then
        return query
        select t.group_key, sum((t.tally).active), sum((t.tally).late), sum((t.tally).silent), sum((t.tally).gone), sum((t.tally).reporting), sum((t.tally).synced)
        from synchealth.tallies(app_name, now_at, dimensions, filters) t
        group by t.group_key;
        if found then
            return;
        end if;
    end if;
    return query
    with device as (
        select synchealth.join_keys(s.group_key, p.group_key, p.group_key) as group_key, synchealth.presence_state(now_at - d.last_seen_at, h.pause) as state,
            now_at - d.last_seen_at <= within as is_reporting, now_at - d.last_success_at <= within as is_synced
        from synchealth.device_now(app) d
        join synchealth.segment_groups(app_name, dimensions, filters) s using (segment_id)
        join synchealth.profile_groups(dimensions, filters) p using (profile_id)
        left join synchealth.known_pauses(app, now_at) h using (device_key))
    select v.group_key,
        count(*) filter (where v.state = 'active'), count(*) filter (where v.state = 'late'), count(*) filter (where v.state = 'silent'), count(*) filter (where v.state = 'gone'),
        count(*) filter (where v.state <> 'gone' and v.is_reporting), count(*) filter (where v.state <> 'gone' and v.is_synced)
    from device v
    group by v.group_key;
end
$$;

-- Sequence numbers issued and received by the devices seen in the 7 days before a moment: from tallies where they answer, else of every device.
create function synchealth.telemetry_gaps(app_name text, filters text[], now_at timestamptz)
returns table (devices bigint, devices_with_gaps bigint, issued bigint, received bigint, missing bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return query
    select sum((t.tally).numbered), sum((t.tally).with_gaps), sum((t.tally).issued)::bigint, sum((t.tally).received)::bigint, sum((t.tally).missing)::bigint
    from synchealth.tallies(app_name, now_at, '{}', filters) t
    group by t.group_key;
    if found then
        return;
    end if;
    return query
    select count(*), count(*) filter (where d.issued > d.received), coalesce(sum(d.issued), 0)::bigint, coalesce(sum(d.received), 0)::bigint,
        coalesce(sum(greatest(d.issued - d.received, 0)), 0)::bigint
    from synchealth.device_seqs(app_name) d
    join synchealth.segment_groups(app_name, '{}', filters) s using (segment_id)
    join synchealth.profile_groups('{}', filters) p using (profile_id)
    where d.last_seen_at > now_at - interval '7 days';
end
$$;

-- The devices of an app seen in the 7 days before a moment, those whose clock is off by the 55 minutes from which ingest corrects it, and when any event arrived last.
-- Where tallies answer, of the last moments only devices that reported in them are read: what arrives is mostly new.
create function synchealth.device_clocks(app_name text, now_at timestamptz)
returns table (devices bigint, clocks_off bigint, last_received_at timestamptz)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    return query
    select sum((t.tally).devices), sum((t.tally).clocks_off), greatest(max((t.tally).last_received_at), (
        select max(s.last_received_at) from synchealth.device_state s where s.app_id = app and s.last_seen_at > now_at - interval '1 minute' and s.last_hour_at >= now_at - interval '61 minutes'))
    from synchealth.tallies(app_name, now_at, '{}', '{}') t
    group by t.group_key;
    if found then
        return;
    end if;
    return query
    select count(*) filter (where s.last_seen_at > now_at - interval '7 days'),
        count(*) filter (where s.last_seen_at > now_at - interval '7 days' and abs(s.clock_offset_ms) >= 3300000), max(s.last_received_at)
    from synchealth.device_state s
    where s.app_id = app;
end
$$;
