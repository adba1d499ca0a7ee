-- The round of @App on @Today (UTC) is whole, unless its settings changed meanwhile. By primary key.
update synchealth.app_setting set pruned_on = @Today
where app_name = @App and raw_days is not distinct from @RawDays::integer and hour_days is not distinct from @HourDays::integer and day_days is not distinct from @DayDays::integer;
