-- Alerting: the rules as loaded, how each instance stands, how it came there, and what is still to be told to whom.

-- What the evaluator runs, for readers in other processes. Replaced as a whole at each load.
create table synchealth.alert_rule (
    name text primary key,
    severity text not null,
    definition jsonb not null,
    receivers text[] not null,                  -- configured receivers it reaches; empty: it reaches nobody
    loaded_at timestamptz not null
);

-- One row per rule, app and segment, from its first evaluation on.
create table synchealth.alert (
    alert_id bigint generated always as identity primary key,
    rule text not null,
    app_name text not null,
    segment jsonb not null,                     -- grouping dimensions, {} for a fleet-wide rule
    severity text not null,
    status text not null,
    since timestamptz not null,                 -- when it entered this status
    episode integer not null,                   -- counts firings; a new one is a new incident
    last_seq integer not null,                  -- of the newest transition
    version bigint not null,                    -- of two evaluators, the one that read the newest version writes
    state jsonb not null,                       -- the state machine's memory
    metric_value double precision,              -- null without evidence
    threshold double precision not null,
    unit text not null,
    attempts bigint not null,
    devices bigint not null,
    evaluated_at timestamptz not null,
    constraint alert_is_one_per_segment unique (rule, app_name, segment),
    constraint alert_status_is_known check (status in ('inactive', 'pending', 'firing', 'recovering', 'resolved'))
) with (fillfactor = 50);                        -- every evaluation rewrites the row: on its own page, without touching an index

create table synchealth.alert_transition (
    alert_id bigint not null references synchealth.alert,
    seq integer not null,
    from_status text not null,
    to_status text not null,
    at timestamptz not null,
    reason text not null,
    severity text not null,
    inputs jsonb not null,                      -- what the evaluation saw: replaying it gives the same transition
    constraint alert_transition_pkey primary key (alert_id, seq),
    constraint alert_transition_moves check (from_status <> to_status)
);
create index alert_transition_at on synchealth.alert_transition (at);

-- The outbox. Written in the transition's own transaction; one row per receiver.
-- visible_at runs on the shared clock (it is part of what the rule says);
-- the other times bound real requests and run on the wall clock.
create table synchealth.alert_notification (
    alert_id bigint not null references synchealth.alert,
    seq integer not null,                       -- of the transition
    receiver text not null,
    episode integer not null,
    kind text not null,
    message jsonb not null,
    visible_at timestamptz not null,            -- shared clock
    status text not null default 'waiting',
    created_at timestamptz not null,            -- wall clock
    next_attempt_at timestamptz not null,       -- wall clock
    leased_until timestamptz,                   -- wall clock
    fence bigint not null default 0,            -- raised by each lease: only its newest holder may record an outcome
    attempts integer not null default 0,
    in_doubt boolean not null default false,    -- an attempt may have arrived without our knowing
    detail text not null default '',            -- outcome of the last attempt, without secrets
    finished_at timestamptz,                    -- wall clock
    constraint alert_notification_pkey primary key (alert_id, seq, receiver),
    constraint alert_notification_kind_is_known check (kind in ('trigger', 'resolve')),
    constraint alert_notification_status_is_known check (status in ('waiting', 'delivered', 'refused', 'expired', 'cancelled')),
    constraint alert_notification_finished_has_time check ((status = 'waiting') = (finished_at is null))
);
create index alert_notification_waiting on synchealth.alert_notification (next_attempt_at) where status = 'waiting';

-- What the vendor calls an incident of ours: PagerDuty's dedup key, Jira's issue key.
create table synchealth.alert_reference (
    alert_id bigint not null references synchealth.alert,
    episode integer not null,
    receiver text not null,
    reference text not null,
    constraint alert_reference_pkey primary key (alert_id, episode, receiver)
);
