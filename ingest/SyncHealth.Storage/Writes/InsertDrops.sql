-- Clients' accounts of what they dropped, once per (device, report, reason): a report is a batch, or what an account names that a batch tells for another.
-- Parallel arrays; @FirstSeqs 0 where nothing of it can have arrived. Indexes: app_name_is_unique, reported_drop_pkey, event_identity.
insert into synchealth.app (name, first_seen_at)
select w.app, min(w.received_at) from unnest(@Apps::text[], @ReceivedAts::timestamptz[]) w (app, received_at)
where not exists (select 1 from synchealth.app a where a.name = w.app)
group by w.app
order by w.app
on conflict (name) do nothing;

insert into synchealth.reported_drop (device_key, batch_hash, reason, app_id, received_at, count, first_seq, last_seq, first_at, last_at, arrived)
select distinct on (d.device_key, d.batch_hash, d.reason) d.device_key, d.batch_hash, d.reason, a.app_id, d.received_at, d.count,
    nullif(d.first_seq, 0), nullif(d.last_seq, 0), case when d.first_seq > 0 then d.first_at end, case when d.first_seq > 0 then d.last_at end,
    case when d.first_seq > 0 then synchealth.numbers_here(d.device_key, d.first_seq, d.last_seq, d.first_at, d.last_at) else 0 end
from unnest(@Apps::text[], @DeviceKeys::bigint[], @BatchHashes::bigint[], @Reasons::text[], @ReceivedAts::timestamptz[], @Counts::bigint[],
        @FirstSeqs::bigint[], @LastSeqs::bigint[], @FirstAts::timestamptz[], @LastAts::timestamptz[])
    as d (app, device_key, batch_hash, reason, received_at, count, first_seq, last_seq, first_at, last_at)
join synchealth.app a on a.name = d.app
order by d.device_key, d.batch_hash, d.reason, d.received_at
on conflict (device_key, batch_hash, reason) do nothing;
