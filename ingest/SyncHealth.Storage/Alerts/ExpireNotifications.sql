-- Gives up on notifications that have waited since before @created_before, unless somebody is just sending them. Times: wall clock.
-- Each goes to its receiver's fallback, which has as long again. Returns how many. Index: alert_notification_due.
with expired as (
    update synchealth.alert_notification
    set status = 'expired', finished_at = @wall_now
    where status = 'waiting' and created_at < @created_before and (leased_until is null or leased_until <= @wall_now)
    returning alert_id, seq, episode, receiver, kind, message, visible_at
),
passed_on as (
    insert into synchealth.alert_notification (
        alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at, fallback_for)
    select distinct on (e.alert_id, told.seq, told.kind, r.fallback)
        e.alert_id, told.seq, r.fallback, e.episode, told.kind, told.message, told.visible_at, @wall_now::timestamptz, @wall_now::timestamptz, e.receiver
    from expired e
    join synchealth.alert_receiver r using (receiver)
    cross join lateral synchealth.with_its_end(e.alert_id, e.seq, e.episode, e.receiver, e.kind, e.message, e.visible_at) told
    where r.fallback is not null
    order by e.alert_id, told.seq, told.kind, r.fallback, e.receiver
    on conflict (alert_id, seq, receiver, kind) do nothing
),
counted as (
    insert into synchealth.alert_delivery_count as c (receiver, outcome, attempts)
    select receiver, 'expired', count(*) from expired group by receiver
    on conflict (receiver, outcome) do update set attempts = c.attempts + excluded.attempts
)
select count(*) from expired;
