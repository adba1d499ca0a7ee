-- Body hashes of the kept twins of all staged rows; run after InsertStaged, in a statement of its own, so that it sees
-- twins that another writer committed meanwhile. Lateral with a limit: always a probe of event_identity, never a scan.
select s.device_key, s.device_at, s.event_hash, kept.body_hash
from pg_temp.staged_event s
cross join lateral (
    select e.body_hash from synchealth.event e
    where e.device_key = s.device_key and e.device_at = s.device_at and e.event_hash = s.event_hash
    limit 1
) kept;
