-- How late the events of the last weeks were: attempts by hour of the week they happened in and lag class. Index: lag_learned_pkey.
select week_hour as "WeekHour", lag_class as "Class", attempts as "Attempts"
from synchealth.lag_learned where app_id = @appId and attempts > 0;
