-- Deletes the raw events that name @Users, on whatever device. No index holds users: a scan of the events.
with events as (
    delete from synchealth.event where user_key = any (@Users) returning 1
)
select 0::bigint as "Devices", (select count(*) from events) as "Events", 0::bigint as "OtherRows";
