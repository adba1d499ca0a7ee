-- Names of the loaded rules that no configured receiver hears. Index: none needed; a row per rule.
select name from synchealth.alert_rule where receivers = '{}' order by name;
