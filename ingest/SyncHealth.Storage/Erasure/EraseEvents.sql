-- Deletes the raw events of @Devices and what stands beside events. Indexes: event_identity in each partition, reported_drop_pkey; the quarantine by a scan.
with events as (
    delete from synchealth.event where device_key = any (@Devices) returning 1
),
quarantined as (
    delete from synchealth.quarantined_event where device_key = any (@Devices) returning 1
),
dropped as (
    delete from synchealth.reported_drop where device_key = any (@Devices) returning 1
)
select 0::bigint as "Devices", (select count(*) from events) as "Events",
    (select count(*) from quarantined) + (select count(*) from dropped) as "OtherRows";
