-- Writes the fingerprint of the device key secret into a new database; returns the one the database has.
-- @fingerprint: hexadecimal. One row by primary key.
insert into synchealth.installation (device_key_fingerprint) values (@fingerprint) on conflict (singleton) do nothing;
select device_key_fingerprint from synchealth.installation;
