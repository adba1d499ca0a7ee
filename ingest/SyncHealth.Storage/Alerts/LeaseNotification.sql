-- Leases the next notification of @receiver, or none. A later one of the same alert waits for the earlier: a resolve never overtakes its trigger,
-- nor does an acknowledgement overtake what stands under its own transition.
-- That is asked of one candidate after the other (offset 0): joined, a planner without statistics reads all that waits for the receiver.
-- in_doubt is set before the request goes out, so that a crash in between is remembered; the old value is returned.
-- The reference of the incident before this one, and why the receiver is switched off if it is, come along.
-- @now: shared clock; @wall_now, @leased_until: wall clock. Index: alert_notification_due.
with next as (
    select alert_id, seq, receiver, kind, in_doubt
    from synchealth.alert_notification candidate
    where status = 'waiting' and receiver = @receiver
      and visible_at <= @now and next_attempt_at <= @wall_now
      and (leased_until is null or leased_until <= @wall_now)
      and not exists (
          select from synchealth.alert_notification earlier
          where earlier.alert_id = candidate.alert_id and earlier.receiver = candidate.receiver
            and (earlier.seq < candidate.seq or (earlier.seq = candidate.seq and earlier.kind <> candidate.kind and candidate.kind = 'acknowledge'))
            and earlier.status = 'waiting'
          offset 0)
    order by next_attempt_at, alert_id, seq, kind
    limit 1
    for update skip locked
)
update synchealth.alert_notification leased
set leased_until = @leased_until, fence = fence + 1, attempts = attempts + 1, in_doubt = true
from next
where leased.alert_id = next.alert_id and leased.seq = next.seq and leased.receiver = next.receiver and leased.kind = next.kind
returning leased.alert_id, leased.seq, leased.receiver, leased.episode, leased.kind, leased.message::text,
    leased.fence, leased.attempts, next.in_doubt,
    (select reference from synchealth.alert_reference r
     where r.alert_id = leased.alert_id and r.episode = leased.episode and r.receiver = leased.receiver),
    leased.created_at, leased.leased_until, leased.fallback_for,
    (select reference from synchealth.alert_reference r
     where r.alert_id = leased.alert_id and r.episode < leased.episode and r.receiver = leased.receiver
     order by r.episode desc limit 1),
    (select disabled_reason from synchealth.alert_receiver d where d.receiver = leased.receiver);
