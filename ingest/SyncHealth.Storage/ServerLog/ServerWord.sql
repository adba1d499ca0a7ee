-- What the sync server of @app said of the device @key, and over which time its log has spoken at all; no row when it sends no log.
-- Indexes: app_name_is_unique, server_log_pkey, server_word_pkey.
select l.first_at as "LogSince", l.last_at as "LogUntil", w.heard_at as "HeardAt", w.accepted_at as "AcceptedAt", coalesce(w.accepted_items, 0) as "AcceptedItems"
from synchealth.app a
join synchealth.server_log l using (app_id)
left join synchealth.server_word w on w.device_key = @key::bigint
where a.name = @app;
