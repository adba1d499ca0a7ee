-- Silences that end after @ending_after (shared clock), the next to end first. Index: silence_ends_at.
select silence_id, matchers, reason, created_by, created_at, starts_at, ends_at
from synchealth.silence
where ends_at > @ending_after
order by ends_at, silence_id;
