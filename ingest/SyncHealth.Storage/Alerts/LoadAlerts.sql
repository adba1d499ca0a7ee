-- All alert instances with the state machine's memory. Index: none needed; a row per rule, app and segment.
select rule, app_name, segment::text, version, state::text from synchealth.alert;
