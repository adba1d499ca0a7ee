-- What did we know when: any question that is answered from raw events can be asked as of a past moment, of which only what had arrived by then counts.

-- The moment that the transaction looks back to (Vitals/CountedRangeAsOf.sql sets it, for that transaction alone); else infinity.
create function synchealth.as_of() returns timestamptz
language sql stable
return coalesce(nullif(current_setting('synchealth.as_of', true), '')::timestamptz, 'infinity');

-- As before, as of that moment, which each part reads once.
create or replace function synchealth.events_on(clock text, lo timestamptz, hi timestamptz) returns setof synchealth.event
language sql stable as $$
    select * from synchealth.event
    where clock = 'event' and device_at >= lo and device_at < hi and event_at = device_at
      and received_at - event_at <= interval '15 minutes'
      and received_at >= lo - interval '1 hour' and received_at <= hi + interval '15 minutes'
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.event
    where clock = 'event' and event_at >= lo and event_at < hi
      and (event_at <> device_at or received_at - event_at > interval '15 minutes')
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.event
    where clock = 'arrival' and received_at >= lo and received_at < hi
      and received_at <= (select synchealth.as_of())
$$;
