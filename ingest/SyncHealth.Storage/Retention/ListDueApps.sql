-- Apps with a retention of their own that had no whole round on @Today (UTC). A scan: there are tens of settings.
select app_name as "App", raw_days as "RawDays", hour_days as "HourDays", day_days as "DayDays"
from synchealth.app_setting
where (raw_days is not null or hour_days is not null or day_days is not null) and pruned_on is distinct from @Today;
