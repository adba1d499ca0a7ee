-- A piece of a month of raw events, in the order of arrival: of @devices devices that make @each events in the month, and of one that makes @busy. What one
-- device did is spread over every day and every page. One event of each device names the user of another. @piece: from 0 to @pieces - 1. @now: end of the month.
insert into synchealth.event (
    device_key, user_key, event_hash, device_at, event_at, received_at, bytes_up, bytes_down, seq, segment_id, profile_id, duration_ms, queued_items, retries,
    pushed, pulled, applied, rejected, conflict_count, body_hash, outcome, direction, has_device)
select hashint8extended(e.device, 0), hashint8extended(case when e.number = @each / 2 then e.device / 2 + 7 else e.device / 2 end, 7), hashint8extended(e.number, e.device), e.at, e.at,
    e.at + interval '2 seconds', 900, 5000, e.number, (select min(s.segment_id) from synchealth.segment s) + 2 * (e.device % 6) + e.number % 2,
    (select min(p.profile_id) from synchealth.device_profile p), 800, 0, 0, 3, 12, 12, 0, 0, 0, case when e.number % 30 = 0 then 3 else 1 end, 3, true
from (
    select device, number, @now::timestamptz - interval '30 days' * (1 - (number + device / (@devices + 1.0)) / @each) as at
    from generate_series(@each * @piece / @pieces, @each * (@piece + 1) / @pieces - 1) number cross join generate_series(1, @devices) device
    union all
    select 0, number, @now::timestamptz - interval '30 days' * (1 - number / @busy::numeric) from generate_series(@busy * @piece / @pieces, @busy * (@piece + 1) / @pieces - 1) number) e
order by e.at;
