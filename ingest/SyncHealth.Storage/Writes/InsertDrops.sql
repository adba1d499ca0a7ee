-- Clients' accounts of what they dropped, once per (device, batch, reason). Parallel arrays. Indexes: app_name_is_unique, reported_drop_pkey.
insert into synchealth.app (name, first_seen_at)
select w.app, min(w.received_at) from unnest(@Apps::text[], @ReceivedAts::timestamptz[]) w (app, received_at)
where not exists (select 1 from synchealth.app a where a.name = w.app)
group by w.app
order by w.app
on conflict (name) do nothing;

insert into synchealth.reported_drop (device_key, batch_hash, reason, app_id, received_at, count)
select distinct on (d.device_key, d.batch_hash, d.reason) d.device_key, d.batch_hash, d.reason, a.app_id, d.received_at, d.count
from unnest(@Apps::text[], @DeviceKeys::bigint[], @BatchHashes::bigint[], @Reasons::text[], @ReceivedAts::timestamptz[], @Counts::bigint[])
    as d (app, device_key, batch_hash, reason, received_at, count)
join synchealth.app a on a.name = d.app
order by d.device_key, d.batch_hash, d.reason, d.received_at
on conflict (device_key, batch_hash, reason) do nothing;
