-- A rule as it stands in a file, so that pages can show what is in force in the words in which it was written. Rules are published again at every start of
-- alerting; until then those of before have no text.
alter table synchealth.alert_rule add column yaml text not null default '';
