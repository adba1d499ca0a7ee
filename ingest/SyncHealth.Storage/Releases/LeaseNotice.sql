-- Leases the next notice of @receiver, or none. @wall_now, @leased_until: wall clock. Index: release_notice_waiting.
with next as (
    select app_name, app_version, receiver
    from synchealth.release_notice
    where status = 'waiting' and receiver = @receiver and next_attempt_at <= @wall_now and (leased_until is null or leased_until <= @wall_now)
    order by next_attempt_at, app_name, app_version
    limit 1
    for update skip locked
)
update synchealth.release_notice leased
set leased_until = @leased_until, fence = fence + 1, attempts = attempts + 1
from next
where leased.app_name = next.app_name and leased.app_version = next.app_version and leased.receiver = next.receiver
returning leased.app_name, leased.app_version, leased.receiver, leased.fence, leased.attempts, leased.created_at,
    (select first_event_at from synchealth.release_seen s where s.app_name = leased.app_name and s.app_version = leased.app_version);
