-- New releases, as vendors are told of them: a change beside an incident is the first suspect.

-- Releases that enough devices run. One that was in traffic long before it was looked at is only noted.
create table synchealth.release_seen (
    app_name text not null,
    app_version text not null,
    first_event_at timestamptz not null,        -- of its first device
    seen_at timestamptz not null,               -- shared clock
    constraint release_seen_pkey primary key (app_name, app_version)
);

-- Its outbox: one row per release and receiver. Times bound real requests and run on the wall clock.
create table synchealth.release_notice (
    app_name text not null,
    app_version text not null,
    receiver text not null,
    status text not null default 'waiting',
    created_at timestamptz not null,
    next_attempt_at timestamptz not null,
    leased_until timestamptz,
    fence bigint not null default 0,
    attempts integer not null default 0,
    detail text not null default '',
    constraint release_notice_pkey primary key (app_name, app_version, receiver),
    constraint release_notice_release_fkey foreign key (app_name, app_version) references synchealth.release_seen,
    constraint release_notice_status_is_known check (status in ('waiting', 'delivered', 'refused', 'expired'))
);
create index release_notice_waiting on synchealth.release_notice (next_attempt_at) where status = 'waiting';
