-- Replaces the loaded rules as a whole; the arrays run in parallel, @receivers holds one comma-separated list per rule.
-- @loaded_at: shared clock. Key: alert_rule_pkey.
with loaded as (
    select * from unnest(@names::text[], @severities::text[], @definitions::text[], @receivers::text[], @labels::text[], @yamls::text[])
        as rule(name, severity, definition, receivers, labels, yaml)
),
gone as (
    delete from synchealth.alert_rule where name not in (select name from loaded)
)
insert into synchealth.alert_rule as known (name, severity, definition, receivers, labels, yaml, loaded_at)
select name, severity, definition::jsonb, array_remove(string_to_array(receivers, ','), ''), labels::jsonb, yaml, @loaded_at
from loaded
on conflict (name) do update set
    severity = excluded.severity, definition = excluded.definition, receivers = excluded.receivers, labels = excluded.labels, yaml = excluded.yaml, loaded_at = excluded.loaded_at;
