-- To find the raw events of a part of an hour, the arrivals of 75 minutes more were read: a device's clock may be an hour ahead, and what came up to fifteen minutes late had no
-- index. In a fleet of a million these are half a million events for the last minutes of a month by OS version, 540 ms. Hardly any event is more than two minutes off, so those
-- have the index of the late ones now, and the others arrived within two minutes of the range.

-- To build it, every partition is read once, and ingest waits meanwhile.
drop index synchealth.event_stray;
create index event_stray on synchealth.event (event_at)
    where event_at <> device_at or received_at - event_at > interval '2 minutes' or received_at - event_at < interval '-2 minutes';

-- As before, but for edges of hours: punctual events by their arrival, others by event_stray in their own day, corrected ones in any.
create or replace function synchealth.events_in(clock text, lo timestamptz, hi timestamptz) returns setof synchealth.event
language sql stable as $$
    select * from synchealth.events_on(clock, lo, hi)
    where clock = 'arrival' or hi - lo > interval '2 hours' and hi - lo < interval '15 days'
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo <= interval '2 hours' and device_at >= lo and device_at < hi and event_at = device_at
      and received_at - event_at between interval '-2 minutes' and interval '2 minutes'
      and received_at >= lo - interval '2 minutes' and received_at <= hi + interval '2 minutes'
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo <= interval '2 hours' and device_at >= lo and device_at < hi and event_at = device_at
      and event_at >= lo and event_at < hi and (received_at - event_at > interval '2 minutes' or received_at - event_at < interval '-2 minutes')
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.skewed_events(lo, hi)
    where clock = 'event' and hi - lo <= interval '2 hours'
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo >= interval '15 days' and event_at >= lo and event_at < hi
      and received_at <= (select synchealth.as_of())
$$;
