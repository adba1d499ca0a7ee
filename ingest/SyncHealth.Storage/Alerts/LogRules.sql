-- The rules as loaded, by name. Index: none needed; a row per rule.
select name, severity, receivers, definition->>'runbook', yaml from synchealth.alert_rule order by name;
