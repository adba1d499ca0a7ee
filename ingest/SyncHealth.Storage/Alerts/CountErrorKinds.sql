-- Failed attempts of @app in [@from, @to) by kind of error, among those that pass @filters; @clock as in CountAttempts. Shared clock.
-- Index: event_received (BRIN), event_stray.
select kind, failures
from synchealth.rule_error_kinds(@app::text, @from::timestamptz, @to::timestamptz, @clock::text, @filters::text[], @ignored::text[]);
