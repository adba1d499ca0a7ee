-- Processes that gave a sign of life within the last minute, by the database's clock, as they did. A scan of few rows.
select name as "Name", extract(epoch from clock_timestamp() - seen_at)::double precision as "SilentSeconds"
from synchealth.process
where seen_at > clock_timestamp() - interval '1 minute'
order by name;
