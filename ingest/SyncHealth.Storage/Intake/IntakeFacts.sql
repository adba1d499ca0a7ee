-- How far the fold is behind, and how many devices of @app seen in the 7 days before @now have a clock that is off by the 55 minutes from which
-- ingest corrects it. Counts of waiting rows end at a million: more says nothing more. Indexes: device_tally_pkey, device_state_app.
select (select min(arrival_at) from synchealth.core_increment) as "OldestUnfoldedAt",
    (select count(*) from (select from synchealth.core_increment limit 1000000) x) as "Unfolded",
    c.devices as "Devices", c.clocks_off as "ClocksOff", c.last_received_at as "LastReceivedAt"
from synchealth.device_clocks(@app, @now) c;
