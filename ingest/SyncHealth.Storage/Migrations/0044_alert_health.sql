-- Alerting watches itself: that rules are evaluated, that ingest lives, and that a receiver can be tried out.

-- How evaluation is doing, one row for the installation. Absent until the first round.
create table synchealth.alert_health (
    only_one boolean primary key default true,
    round_at timestamptz not null,              -- wall clock: end of the newest round that was completed
    rounds bigint not null,
    missed bigint not null,                     -- evaluations that were due and did not happen, or failed as a whole
    wording_failures bigint not null,           -- parts of messages that could not be put into words and were left out
    heartbeats bigint not null,
    heartbeat_failures bigint not null,
    constraint alert_health_is_one_row check (only_one)
) with (fillfactor = 50);

-- An alert of the class ingest_down tells that the platform itself is silent; it holds for every app.
alter table synchealth.alert drop constraint alert_class_is_known;
alter table synchealth.alert add constraint alert_class_is_known check (class in ('threshold', 'no_data', 'late', 'ingest_down'));

-- What speaks for and against ingest being down. silence: how long a living process may say nothing; the processes' own clock is the
-- database's, as in beat. The rest is on the shared clock: what arrived since arrived_since, and how many devices did in [before_since, arrived_since).
create function synchealth.ingest_signs(silence interval, arrived_since timestamptz, before_since timestamptz, now_at timestamptz)
returns table (has_process boolean, lives boolean, arrives boolean, devices_before bigint)
language sql stable as $$
    select exists (select from synchealth.process),
        exists (select from synchealth.process where seen_at > clock_timestamp() - silence),
        exists (select from synchealth.event where received_at >= arrived_since and received_at <= now_at),
        (select count(distinct device_key) from synchealth.event where has_device and received_at >= before_since and received_at < arrived_since)
$$;

-- Asked by whoever presses "Send test", answered by the process that sends. Wall clock.
create table synchealth.receiver_test (
    test_id uuid primary key,
    receiver text not null,
    requested_at timestamptz not null,
    status text not null default 'waiting',
    detail text not null default '',
    constraint receiver_test_status_is_known check (status in ('waiting', 'sending', 'delivered', 'failed'))
);
create index receiver_test_waiting on synchealth.receiver_test (requested_at) where status = 'waiting';
