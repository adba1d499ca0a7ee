-- Failed attempts of @app in [@from, @to) by kind and code of error, among those that pass @filters; @clock as in CountAttempts. Shared clock.
-- Index: event_received (BRIN), event_stray.
select kind, code, failures
from synchealth.rule_errors(@app::text, @from::timestamptz, @to::timestamptz, @clock::text, @filters::text[], @ignored::text[]);
