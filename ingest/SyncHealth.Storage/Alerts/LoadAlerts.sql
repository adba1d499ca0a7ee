-- All alert instances with the state machine's memory. Index: none needed; a row per rule, app, segment and class.
select rule, app_name, segment::text, version, state::text, class from synchealth.alert;
