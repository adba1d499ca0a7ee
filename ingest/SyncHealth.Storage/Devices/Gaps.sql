-- Sequence numbers issued and received by the devices seen in the 7 days before @now, unfolded reports included. Index: device_state_app.
select count(*) as "Devices", count(*) filter (where d.issued > d.received) as "DevicesWithGaps",
    coalesce(sum(d.issued), 0)::bigint as "Issued", coalesce(sum(d.received), 0)::bigint as "Received",
    coalesce(sum(greatest(d.issued - d.received, 0)), 0)::bigint as "Missing"
from synchealth.device_seqs(@app) d
join synchealth.segment_groups(@app, '{}', @filters) s using (segment_id)
join synchealth.profile_groups('{}', @filters) p using (profile_id)
where d.last_seen_at > @now::timestamptz - interval '7 days';
