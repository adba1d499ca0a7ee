-- When a key last wrote, for whoever wonders whether it can be revoked. Each process writes it every few seconds, not with every request.
alter table synchealth.ingest_key add column last_used_at timestamptz;
