-- Every app that is known by an event or by a setting, with its settings. Two small tables, read whole.
select coalesce(s.app_name, a.name) as "App", s.events_per_second as "EventsPerSecond", s.raw_days as "RawDays", s.hour_days as "HourDays", s.day_days as "DayDays"
from synchealth.app_setting s
full join synchealth.app a on a.name = s.app_name
order by 1;
