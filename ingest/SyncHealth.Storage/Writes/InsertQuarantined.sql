-- Events refused for their time, kept for inspection. Parallel arrays, one element per event.
insert into synchealth.quarantined_event (app_name, device_key, device_at, received_at, code, body)
select * from unnest(@Apps::text[], @DeviceKeys::bigint[], @DeviceAts::timestamptz[], @ReceivedAts::timestamptz[], @Codes::text[], @Bodies::text[]);
