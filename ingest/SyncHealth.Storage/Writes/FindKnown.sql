-- Which of the given identities are events already: positions from 1. Parameters: parallel arrays of the identity's parts.
-- Lateral with a limit: always a probe of event_identity, never a scan.
select k.position
from unnest(@DeviceKeys::bigint[], @DeviceAts::timestamptz[], @EventHashes::bigint[]) with ordinality k (device_key, device_at, event_hash, position)
cross join lateral (
    select 1 from synchealth.event e
    where e.device_key = k.device_key and e.device_at = k.device_at and e.event_hash = k.event_hash
    limit 1
) known;
