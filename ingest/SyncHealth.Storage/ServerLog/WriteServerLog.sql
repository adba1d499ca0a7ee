-- Keeps the latest of what the server of @App said of devices; returns the places, from 0, of those that were erased, of whom nothing is kept. Parallel
-- arrays. The function joins the writers first, whom an erasure waits for. @Lock: the writers' lock; @Now: when a new app was first seen.
-- Indexes: app_name_is_unique, server_log_pkey, erased_key_is_unique, server_word_pkey.
select * from synchealth.write_server_log(@Lock, @App, @Now, @DeviceKeys, @Ats, @Accepted);
