-- Notes when keys last wrote. @ids and @times belong together; the later time stays, whichever process saves it. @times: the shared clock. By key_id.
update synchealth.ingest_key k set last_used_at = greatest(k.last_used_at, used.at)
from unnest(@ids::text[], @times::timestamptz[]) as used (id, at)
where k.key_id = used.id;
