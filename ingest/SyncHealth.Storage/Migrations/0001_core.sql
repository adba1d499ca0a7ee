-- The schema's ground floor: dictionaries, raw events, what is folded from them, and devices.
-- Names of apps, versions and systems live once, in dictionaries; rows that come by the million hold integers.
-- Every unique key contains its table's distribution column (device_key or a segment), so that the schema stays eligible for Citus.

create table synchealth.installation (
    singleton boolean primary key default true,
    device_key_fingerprint text not null,
    constraint installation_is_one_row check (singleton)
);

create table synchealth.app (
    app_id integer generated always as identity primary key,
    name text not null constraint app_name_is_unique unique,
    promoted_tag text,
    first_seen_at timestamptz not null
);

create table synchealth.ingest_key (
    key_hash bytea primary key,                 -- SHA-256 of the key; the key itself is shown once and never stored
    app_name text,                              -- null: accepts any app name (the demo's key)
    label text not null,
    allowed_origins text[] not null default '{}',
    created_at timestamptz not null,
    revoked_at timestamptz
);

-- Core grain: what every page, rule and verdict groups by.
create table synchealth.core_segment (
    core_id integer generated always as identity primary key,
    app_id integer not null references synchealth.app,
    environment text not null,
    app_version text not null,
    os text not null,
    network text not null,
    constraint core_segment_is_unique unique (app_id, environment, app_version, os, network)
);

-- Fine grain: core plus the dimensions that multiply rows.
create table synchealth.segment (
    segment_id integer generated always as identity primary key,
    core_id integer not null references synchealth.core_segment,
    os_version text not null,
    type text not null,
    trigger text not null,
    constraint segment_is_unique unique (core_id, os_version, type, trigger)
);

create table synchealth.device_profile (
    profile_id integer generated always as identity primary key,
    device_model text not null,
    tags jsonb not null,
    -- 16 tags of 200 characters are more than an index row may hold, so the index holds a digest.
    digest uuid not null generated always as (md5(device_model || ' ' || tags::text)::uuid) stored,
    constraint device_profile_is_unique unique (digest)
);

create table synchealth.error (
    error_id integer generated always as identity primary key,
    kind text not null,
    code text not null,
    constraint error_is_unique unique (kind, code)
);

-- Names of the small codes in event; filled by the migration, read by views.
create table synchealth.outcome (
    outcome smallint primary key,
    name text not null
);
insert into synchealth.outcome values (0, 'none'), (1, 'success'), (2, 'partial'), (3, 'failure'), (4, 'cancelled');

-- Raw events, partitioned by the day of the device's own timestamp as sent: a resend weeks later meets its twin.
-- ONE index for dedup and device timeline: a second unique index costs a quarter of COPY speed.
create table synchealth.event (
    device_key bigint not null,
    event_hash bigint not null,
    device_at timestamptz not null,             -- as sent
    event_at timestamptz not null,              -- corrected
    received_at timestamptz not null,
    last_success_at timestamptz,
    oldest_pending_ms bigint,
    bytes_up bigint not null,
    bytes_down bigint not null,
    seq bigint,
    user_key bigint,
    segment_id integer not null,
    profile_id integer not null,
    error_id integer,
    duration_ms integer not null,
    queued_items integer not null,
    retries integer not null,
    pushed integer not null,
    pulled integer not null,
    applied integer not null,
    rejected integer not null,
    conflict_count integer not null,
    body_hash integer not null,
    outcome smallint not null,
    direction smallint not null,
    has_device boolean not null,
    metered boolean,
    conflicts jsonb,                            -- [{entity, kind, strategy, winner, discarded, count}]
    details jsonb,                              -- {failures, deferred}
    constraint event_duration_is_a_day_at_most check (duration_ms between 0 and 86400000)
) partition by range (device_at);

create unique index event_identity on synchealth.event (device_key, device_at, event_hash);
create index event_received on synchealth.event using brin (received_at);
create table synchealth.event_default partition of synchealth.event default;

-- Counts at core grain. Rows are folded from increments; a minute lives 48 h, an hour and a day for good.
create table synchealth.rollup_minute (
    bucket_at timestamptz not null,             -- minute (hour, day) of event_at
    core_id integer not null,
    attempts integer not null,
    successes integer not null,                 -- partial ones included
    partials integer not null,
    cancelled integer not null,
    first_try integer not null,                 -- successful with retries 0
    offline_failures integer not null,
    server_failures integer not null,
    app_failures integer not null,
    over_60s integer not null,
    conflicted integer not null,                -- attempts with a conflict
    conflicts_lww bigint not null,
    conflicts_crdt bigint not null,
    conflicts_merge bigint not null,
    conflicts_ot bigint not null,
    conflicts_manual bigint not null,
    conflicts_unresolved bigint not null,
    conflicts_unknown bigint not null,
    discarded bigint not null,
    retries bigint not null,
    pushed bigint not null,
    pulled bigint not null,
    applied bigint not null,
    rejected bigint not null,
    bytes_up bigint not null,
    bytes_down bigint not null,
    duration_ms_sum bigint not null,
    success_sketch bytea not null,              -- durations of successes, see Vitals/DurationSketch.cs
    other_sketch bytea not null,                -- durations of the other attempts
    constraint rollup_minute_pkey primary key (core_id, bucket_at)
) with (fillfactor = 80);
create table synchealth.rollup_hour (
    like synchealth.rollup_minute,
    constraint rollup_hour_pkey primary key (core_id, bucket_at)
) with (fillfactor = 80);
create table synchealth.rollup_day (
    like synchealth.rollup_minute,
    constraint rollup_day_pkey primary key (core_id, bucket_at)
) with (fillfactor = 80);
create index rollup_minute_bucket on synchealth.rollup_minute (bucket_at);
create index rollup_hour_bucket on synchealth.rollup_hour (bucket_at);

-- The same counts, appended by the events' own transaction and consumed by the fold. No index: rows live for seconds.
create table synchealth.core_increment (
    like synchealth.rollup_minute,
    arrival_at timestamptz not null,            -- minute of received_at
    lag_class smallint not null                 -- received_at - event_at: 0 <1 min, 1 <15 min, 2 <1 h, 3 <6 h, 4 <24 h, 5 <72 h, 6 more
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- The arrival clock, and how late things are: minutes for 48 h, then hours.
create table synchealth.rollup_arrival (
    like synchealth.rollup_minute,
    lag_class smallint not null
) with (fillfactor = 80);
alter table synchealth.rollup_arrival rename column bucket_at to arrival_at;
alter table synchealth.rollup_arrival add constraint rollup_arrival_pkey primary key (core_id, arrival_at, lag_class);
create index rollup_arrival_bucket on synchealth.rollup_arrival (arrival_at);

-- What events of known devices say about the device, appended by their own transaction, consumed by the fold.
-- One row per device, core segment and hour of a micro-batch: event_at, event_hash, seq, queue and segment are the latest event's.
create table synchealth.device_increment (
    device_key bigint not null,
    event_hash bigint not null,
    first_event_at timestamptz not null,        -- the earliest event of the row; in the same hour as event_at
    event_at timestamptz not null,
    received_at timestamptz not null,           -- the latest
    last_success_at timestamptz,                -- reported (never later than the event), or event_at of a success: the latest
    oldest_pending_at timestamptz,
    seq bigint,
    user_key bigint,
    clock_offset_ms bigint not null,            -- event_at - device_at
    segment_id integer not null,
    core_id integer not null,
    profile_id integer not null,
    queue_depth integer not null,
    is_attempt boolean not null                 -- whether any event of the row was an attempt
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- Ties break by (time, seq, hash), so that arrival order cannot change a row.
create table synchealth.device_state (
    device_key bigint primary key,
    app_id integer not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    last_received_at timestamptz not null,
    last_success_at timestamptz,
    oldest_pending_at timestamptz,
    last_seq bigint not null,
    last_hash bigint not null,
    user_key bigint,
    clock_offset_ms bigint not null,
    segment_id integer not null,
    profile_id integer not null,
    queue_depth integer not null
) with (fillfactor = 80);
create index device_state_app on synchealth.device_state (app_id, last_seen_at);

-- Which devices made an attempt in which hour: read only where devices are asked.
create table synchealth.device_hour (
    hour_at timestamptz not null,
    core_id integer not null,
    device_key bigint not null,
    constraint device_hour_pkey primary key (device_key, core_id, hour_at)
);
create index device_hour_hour on synchealth.device_hour (hour_at, core_id);

create table synchealth.quarantined_event (
    app_name text not null,
    device_key bigint not null,
    device_at timestamptz not null,
    received_at timestamptz not null,
    code text not null,
    body text not null
);
create index quarantined_event_received on synchealth.quarantined_event using brin (received_at);

create table synchealth.reported_drop (
    device_key bigint not null,
    batch_hash bigint not null,
    reason text not null,
    app_id integer not null,
    received_at timestamptz not null,
    count bigint not null,
    constraint reported_drop_pkey primary key (device_key, batch_hash, reason)
);

-- Partitions of event. Both functions are one short transaction each: they give up after half a second of waiting for a lock
-- (SqlState 55P03, the caller tries again), because whoever waits for a table lock makes every writer behind it wait.
-- An advisory lock keeps two processes from working on the same day.

-- Creates the partition of a day (UTC) and moves that day's rows out of the default partition. Returns the rows moved; null when it exists.
create function synchealth.create_event_partition(day date) returns bigint
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
    execute format(
        'with moved as (delete from synchealth.event_default where device_at >= $1 and device_at < $2 returning *)
         insert into synchealth.%I select * from moved', name) using day_start, day_end;
    get diagnostics moved = row_count;
    execute format('alter table synchealth.event attach partition synchealth.%I for values from (%L) to (%L)', name, day_start, day_end);
    return moved;
end $$;

-- Drops the partition of a day (UTC) after moving rows whose corrected time is keep_from or later into the default partition.
-- Returns the rows moved; null when there is no such partition. The scan for them blocks writers of that day only.
create function synchealth.drop_event_partition(day date, keep_from timestamptz) returns bigint
language plpgsql
set lock_timeout = '500ms'
as $$
declare
    name text := 'event_' || to_char(day, 'YYYYMMDD');
    moved bigint;
begin
    perform pg_advisory_xact_lock('synchealth.event'::regclass::bigint);
    if to_regclass('synchealth.' || name) is null then
        return null;
    end if;
    execute format('lock table synchealth.%I in share mode', name);
    drop table if exists pg_temp.kept_event;
    execute format('create temp table kept_event on commit drop as select * from synchealth.%I where event_at >= $1', name) using keep_from;
    lock table synchealth.event in access exclusive mode;
    execute format('drop table synchealth.%I', name);
    insert into synchealth.event select * from pg_temp.kept_event;
    get diagnostics moved = row_count;
    return moved;
end $$;

-- Days (UTC) that have a partition.
create view synchealth.event_partition as
select to_date(substring(c.relname from 'event_(\d{8})$'), 'YYYYMMDD') as day
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'synchealth.event'::regclass and c.relname ~ '^event_\d{8}$';
