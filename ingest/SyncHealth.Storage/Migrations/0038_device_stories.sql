-- What support asks about one device: how long it is used to be silent.

-- The longest time between two successive events of a device in [from_at, to_at]: its own cadence. Null with fewer than three events, which
-- make no habit. Partitions go by the device's own time and this by the corrected one, so all are asked; each by its index.
create function synchealth.longest_pause(key bigint, from_at timestamptz, to_at timestamptz) returns interval
language sql stable as $$
    select case when count(*) >= 3 then max(x.pause) end
    from (
        select e.event_at - lag(e.event_at) over (order by e.event_at) as pause
        from synchealth.event e
        where e.device_key = key and e.event_at >= from_at and e.event_at <= to_at) x
$$;
