-- By device within a core segment, and not by hour: when an hour went into its set, what was late for it held a page for each core segment and hour, and three quarters
-- of the index were empty. Rows of a device lie together now, and whatever goes leaves room for what comes.
alter table synchealth.device_hour drop constraint device_hour_pkey;
alter table synchealth.device_hour add constraint device_hour_pkey primary key (core_id, device_key, hour_at);
