-- What people say to alerting: "do not tell me of this for a while", and "I am on it".

-- All times on the shared clock, as the rules are.
create table synchealth.silence (
    silence_id uuid primary key,
    matchers text[] not null,                   -- as written: LABEL=VALUE, LABEL!=VALUE, LABEL=~PATTERN, LABEL!~PATTERN; all have to hold
    reason text not null,
    created_by text not null,
    created_at timestamptz not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    constraint silence_matches_something check (cardinality(matchers) between 1 and 20),
    constraint silence_has_a_reason check (length(reason) between 1 and 500),
    constraint silence_ends_after_it_starts check (ends_at >= starts_at)
);
create index silence_ends_at on synchealth.silence (ends_at);

-- One per incident: the first who says so is on it.
create table synchealth.alert_acknowledgement (
    alert_id bigint not null references synchealth.alert,
    episode integer not null,
    acknowledged_by text not null,
    acknowledged_at timestamptz not null,       -- shared clock
    constraint alert_acknowledgement_pkey primary key (alert_id, episode),
    constraint alert_acknowledgement_has_a_name check (length(acknowledged_by) between 1 and 200)
);

-- What silences match, as the evaluator sees it; and why an alert's messages are held back, null when they are not.
alter table synchealth.alert add column labels jsonb not null default '{}';
alter table synchealth.alert add column muted text;
alter table synchealth.alert add constraint alert_muted_is_known check (muted in ('silenced', 'inhibited', 'flapping'));
alter table synchealth.alert_rule add column labels jsonb not null default '{}';
