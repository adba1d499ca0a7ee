-- What became of each attempt to deliver a notification. fence: its number; one that is missing was taken over before its outcome was known.
create table synchealth.alert_attempt (
    alert_id bigint not null,
    seq integer not null,
    receiver text not null,
    kind text not null,
    fence integer not null,
    at timestamptz not null,                -- when it ended; wall clock
    took_ms integer not null,
    outcome text not null,
    said text not null,                     -- the beginning of what was sent
    detail text not null,                   -- the receiver's word, without secrets
    constraint alert_attempt_pkey primary key (alert_id, seq, receiver, kind, fence),
    constraint alert_attempt_notification_fkey foreign key (alert_id, seq, receiver, kind) references synchealth.alert_notification on delete cascade,
    constraint alert_attempt_outcome_is_known check (outcome in ('delivered', 'retry', 'refused'))
);
