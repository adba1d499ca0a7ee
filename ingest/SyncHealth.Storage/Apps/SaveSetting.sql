-- Sets what an app has of its own; nulls leave it to the installation. Retention begins anew. By primary key.
insert into synchealth.app_setting (app_name, events_per_second, raw_days, hour_days, day_days)
values (@App, @EventsPerSecond::integer, @RawDays::integer, @HourDays::integer, @DayDays::integer)
on conflict (app_name) do update set
    events_per_second = excluded.events_per_second, raw_days = excluded.raw_days, hour_days = excluded.hour_days, day_days = excluded.day_days,
    pruned_on = null;
