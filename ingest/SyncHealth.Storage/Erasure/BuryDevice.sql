-- The tombstone of the device @Key; one that stands already is opened again. The caller holds the writers. Index: erased_key_is_unique.
insert into synchealth.erased_key (kind, key, asked_at)
values ('device', @Key, @Now)
on conflict (kind, key) do update set done_at = null
returning kind, key;
