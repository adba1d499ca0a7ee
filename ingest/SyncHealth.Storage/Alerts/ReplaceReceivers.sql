-- Replaces the stored receivers by those of this process: @receivers and what belongs to each at the same place; fallback '' is none.
-- All are on again. @loaded_at: wall clock. Key: alert_receiver_pkey.
with gone as (
    delete from synchealth.alert_receiver where receiver <> all (@receivers)
)
insert into synchealth.alert_receiver (receiver, type, target, has_secret, fallback, loaded_at)
select receiver, type, target, has_secret, nullif(fallback, ''), @loaded_at
from unnest(@receivers::text[], @types::text[], @targets::text[], @has_secrets::boolean[], @fallbacks::text[]) r(receiver, type, target, has_secret, fallback)
on conflict (receiver) do update
set type = excluded.type, target = excluded.target, has_secret = excluded.has_secret, fallback = excluded.fallback, loaded_at = excluded.loaded_at,
    disabled_at = null, disabled_reason = null;
