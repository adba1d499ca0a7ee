-- The hours of the last two days up to @now keep their devices by the minute where @hourly attempts are @many or more: the sample comes first, and has few.
insert into synchealth.device_minute_hour (hour_at, is_complete)
select h, true
from generate_series(synchealth.floor_to('1 hour', @now::timestamptz) - interval '48 hours', @now::timestamptz, interval '1 hour') h
where @hourly::bigint >= @many::bigint;
