-- Who may write, how fast, and how long it stays: the life of ingest keys, settings per app, and the processes that share a limit.

-- A line is a key and its successors: rotating puts a second live key beside the first, so that clients can move while both write.
-- The slot makes it two at most, whoever rotates at the same moment.
alter table synchealth.ingest_key
    add column key_id text not null generated always as (left(encode(key_hash, 'hex'), 12)) stored,
    add column line text,
    add column slot smallint not null default 1,
    add column events_per_second integer,       -- null: the installation's default for keys without a limit of their own
    add column paused_at timestamptz,
    add constraint ingest_key_id_is_unique unique (key_id),
    add constraint ingest_key_slot_is_one_of_two check (slot in (1, 2)),
    add constraint ingest_key_rate_is_positive check (events_per_second > 0);
update synchealth.ingest_key set line = key_id;
alter table synchealth.ingest_key alter column line set not null;
create unique index ingest_key_live_slot on synchealth.ingest_key (line, slot) where revoked_at is null;

-- By name and not by app_id: an app is set up before its first event gives it a row in app.
create table synchealth.app_setting (
    app_name text primary key,
    events_per_second integer,                  -- shared by all keys of the app; null: the installation's default
    raw_days integer,                           -- null: as long as the installation keeps raw events
    hour_days integer,                          -- null: for good
    day_days integer,                           -- null: for good
    constraint app_setting_rate_is_positive check (events_per_second > 0),
    -- Rules compare with the same hours last week; a day that is not over belongs to it.
    constraint app_setting_raw_holds_last_week check (raw_days >= 8),
    -- Any zone's day and every unaligned range is composed of hours; raw events are the smaller part of what they explain.
    constraint app_setting_hours_outlive_raw check (hour_days >= 90),
    constraint app_setting_days_outlive_hours check (day_days >= 400 and (day_days >= hour_days or hour_days is null))
);

-- Processes that take events, each telling every few seconds that it lives. One clock, the database's, says who does: the hosts' may differ.
create table synchealth.process (
    process_id uuid primary key,
    name text not null,                         -- host and process number, for people
    started_at timestamptz not null,
    seen_at timestamptz not null
);
