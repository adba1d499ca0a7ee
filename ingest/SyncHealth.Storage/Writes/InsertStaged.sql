-- The lane for resends, second step: what is new becomes an event. In key order, so that two writers meet in one order.
-- Returns the identities that were new. Index: event_identity.
insert into synchealth.event
select * from pg_temp.staged_event
order by device_key, device_at, event_hash
on conflict (device_key, device_at, event_hash) do nothing
returning device_key, device_at, event_hash;
