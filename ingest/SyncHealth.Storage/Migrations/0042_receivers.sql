-- Receivers as configured, what became of what they were told, and where that goes which they refuse.

-- What the sending process runs, for readers in other processes. Holds no secret. Replaced as a whole at each start; a receiver that
-- was switched off is on again then.
create table synchealth.alert_receiver (
    receiver text primary key,
    type text not null,
    target text not null,                       -- host it leads to, or ''
    has_secret boolean not null,
    fallback text,                              -- hears what this one refuses for good, or could not be told in time
    loaded_at timestamptz not null,             -- wall clock
    disabled_at timestamptz,                    -- wall clock; it said that it wants no message ever again
    disabled_reason text,
    constraint alert_receiver_disabled_has_reason check ((disabled_at is null) = (disabled_reason is null))
);

-- The receiver that should have heard it, where this one stands in.
alter table synchealth.alert_notification add column fallback_for text;

-- Attempts by how they ended, since the installation began: notifications themselves are rewritten by each attempt.
create table synchealth.alert_delivery_count (
    receiver text not null,
    outcome text not null,
    attempts bigint not null,
    constraint alert_delivery_count_pkey primary key (receiver, outcome),
    constraint alert_delivery_outcome_is_known check (outcome in ('delivered', 'retry', 'refused', 'expired'))
) with (fillfactor = 50);

-- What a receiver's fallback has to hear in its place: the notification, and the end of the same incident where it waits behind its beginning.
create function synchealth.with_its_end(
    told_alert bigint, told_seq integer, told_episode integer, told_receiver text, told_kind text, told_message jsonb, told_visible_at timestamptz)
returns table (seq integer, kind text, message jsonb, visible_at timestamptz)
language sql stable as $$
    select told_seq, told_kind, told_message, told_visible_at
    union all
    select n.seq, n.kind, n.message, n.visible_at
    from synchealth.alert_notification n
    where told_kind = 'trigger' and n.alert_id = told_alert and n.episode = told_episode and n.receiver = told_receiver
      and n.kind = 'resolve' and n.status = 'waiting'
$$;
