-- Closes the tombstones of @Devices and @Users and records that it was done, in the transaction that left nothing. Index: erased_key_is_unique.
with done as (
    update synchealth.erased_key set done_at = @Now
    where kind = 'device' and key = any (@Devices) or kind = 'user' and key = any (@Users)
)
insert into synchealth.erasure (app_name, kind, devices, events, other_rows, done_at)
values (@App, @Kind, @DeviceCount, @EventCount, @RowCount, @Now);
