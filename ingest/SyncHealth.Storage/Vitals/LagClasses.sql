-- How late the events of the last days were: attempts by lag class, ascending. Index: lag_learned_pkey.
select lag_class as "LagClass", attempts as "Attempts"
from synchealth.lag_learned where app_id = @appId order by lag_class;
