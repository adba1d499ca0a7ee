-- What each device did, per day and per release: the unit of verdicts, of adoption, of silence. And which sequence numbers it used,
-- so that telemetry that never arrived shows as a gap.
-- A device increment now stands for a day of a device and core segment instead of an hour: a batch that spans hours appends fewer rows.
-- Nothing is released: increments that wait while this migration runs carry no counts, and days before it are those of a rebuild from raw events.

alter table synchealth.device_increment
    add column hours integer not null default 0,            -- bit h: an attempt in hour h (UTC) of the day of event_at
    add column lowest_seq bigint,                           -- over the events of the row that have one
    add column highest_seq bigint,
    add column seqs integer not null default 0,             -- events of the row that have one
    add column attempts integer not null default 0,         -- from here on as in rollup_minute
    add column successes integer not null default 0,
    add column partials integer not null default 0,
    add column cancelled integer not null default 0,
    add column first_try integer not null default 0,
    add column offline_failures integer not null default 0,
    add column server_failures integer not null default 0,
    add column app_failures integer not null default 0,
    add column over_60s integer not null default 0,
    add column conflicted integer not null default 0,
    add column conflicts bigint not null default 0,
    add column sketch bytea not null default '';            -- durations of all attempts
update synchealth.device_increment set hours = 1 << extract(hour from event_at at time zone 'UTC')::integer where is_attempt;
alter table synchealth.device_increment drop column is_attempt;

-- seqs counts events, each once. A device that never gives a number twice has issued highest_seq - lowest_seq + 1 of them.
alter table synchealth.device_state
    add column lowest_seq bigint,
    add column highest_seq bigint,
    add column seqs bigint not null default 0;

-- One row per device, day (UTC, by event time) and core segment with an event; attempts is 0 when the app was only opened.
create table synchealth.device_day (
    device_key bigint not null,
    day_at timestamptz not null,
    core_id integer not null,
    attempts integer not null,
    successes integer not null,
    partials integer not null,
    cancelled integer not null,
    first_try integer not null,
    offline_failures integer not null,
    server_failures integer not null,
    app_failures integer not null,
    over_60s integer not null,
    conflicted integer not null,
    conflicts bigint not null,
    sketch bytea not null,
    constraint device_day_pkey primary key (core_id, day_at, device_key)
) with (fillfactor = 80);

-- Running totals per device and core segment, for good.
create table synchealth.device_release (
    device_key bigint not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    core_id integer not null,
    attempts integer not null,
    successes integer not null,
    partials integer not null,
    cancelled integer not null,
    first_try integer not null,
    offline_failures integer not null,
    server_failures integer not null,
    app_failures integer not null,
    over_60s integer not null,
    conflicted integer not null,
    conflicts bigint not null,
    constraint device_release_pkey primary key (core_id, device_key)
) with (fillfactor = 80);

-- Folded and unfolded rows, as in core_row: one statement over a view sees each event once. A device can have several rows for one key.
create view synchealth.device_day_row as
    select device_key, day_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts, sketch
    from synchealth.device_day
    union all
    select device_key, synchealth.floor_to('1 day', event_at), core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures,
           app_failures, over_60s, conflicted, conflicts, sketch
    from synchealth.device_increment;

create view synchealth.device_release_row as
    select device_key, core_id, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts
    from synchealth.device_release
    union all
    select device_key, core_id, first_event_at, event_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts
    from synchealth.device_increment;

-- Sequence numbers per device of an app: what was issued as far as we can see, and what arrived. Absent are devices that number nothing,
-- and those whose numbers span ten million (a sync a minute for nineteen years): they are a clock or nonsense, and would drown the others.
-- An event still waiting on its device shows as missing only once a later one has arrived.
create function synchealth.device_seqs(app_name text)
returns table (device_key bigint, segment_id integer, profile_id integer, last_seen_at timestamptz, issued bigint, received bigint)
language sql stable as $$
    with fresh as materialized (
        select i.device_key, min(i.lowest_seq) as lowest_seq, max(i.highest_seq) as highest_seq, sum(i.seqs) as seqs
        from synchealth.device_increment i
        join synchealth.core_segment c using (core_id)
        join synchealth.app a using (app_id)
        where a.name = app_name
        group by i.device_key)
    select d.device_key, d.segment_id, d.profile_id, d.last_seen_at, n.span + 1, n.seqs
    from synchealth.app a
    cross join lateral synchealth.device_now(a.app_id) d
    left join synchealth.device_state s using (device_key)
    left join fresh f using (device_key)
    cross join lateral (select
        greatest(s.highest_seq, f.highest_seq) - least(s.lowest_seq, f.lowest_seq) as span,
        (coalesce(s.seqs, 0) + coalesce(f.seqs, 0))::bigint as seqs) n
    where a.name = app_name and n.span < 10000000
$$;
