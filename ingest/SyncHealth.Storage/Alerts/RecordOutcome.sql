-- Records how an attempt ended, if its lease (@fence) is still the newest; a newer holder decides otherwise. Times: wall clock.
-- What is refused for good goes to the receiver's fallback, unless that one hears of it anyhow. @disables: it wants no message ever again.
-- Returns whether it was recorded, and who hears it instead. Keys: those of alert_notification, _attempt, _reference, _receiver and _delivery_count.
with done as (
    update synchealth.alert_notification
    set status = @status, in_doubt = @in_doubt, detail = @detail, next_attempt_at = @next_attempt_at, leased_until = null,
        finished_at = case when @status = 'waiting' then null else @at::timestamptz end
    where alert_id = @alert_id and seq = @seq and receiver = @receiver and kind = @kind and fence = @fence and status = 'waiting'
    returning alert_id, seq, episode, receiver, kind, fence, message, visible_at
),
attempted as (
    insert into synchealth.alert_attempt (alert_id, seq, receiver, kind, fence, at, took_ms, outcome, said, detail)
    select alert_id, seq, receiver, kind, fence, @at, @took_ms, case @status when 'waiting' then 'retry' else @status end, @said, @detail from done
),
referenced as (
    insert into synchealth.alert_reference (alert_id, episode, receiver, reference)
    select alert_id, episode, receiver, @reference::text from done where @reference::text is not null
    on conflict (alert_id, episode, receiver) do update set reference = excluded.reference
),
disabled as (
    update synchealth.alert_receiver r
    set disabled_at = @at, disabled_reason = @detail
    from done
    where @disables and r.receiver = done.receiver and r.disabled_at is null
),
passed_on as (
    insert into synchealth.alert_notification (
        alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at, fallback_for)
    select done.alert_id, told.seq, r.fallback, done.episode, told.kind, told.message, told.visible_at, @at, @at, done.receiver
    from done
    join synchealth.alert_receiver r using (receiver)
    cross join lateral synchealth.with_its_end(done.alert_id, done.seq, done.episode, done.receiver, done.kind, done.message, done.visible_at) told
    where @status = 'refused' and r.fallback is not null
    on conflict (alert_id, seq, receiver, kind) do nothing
    returning receiver
),
counted as (
    insert into synchealth.alert_delivery_count as c (receiver, outcome, attempts)
    select receiver, case @status when 'waiting' then 'retry' else @status end, 1 from done
    on conflict (receiver, outcome) do update set attempts = c.attempts + excluded.attempts
)
select count(*), (select min(receiver) from passed_on) from done;
