-- Alert instances with the state machine's memory: those of rules, or (@own) those of alerting about itself.
-- Index: none needed; a row per rule, app, segment and class.
select rule, app_name, segment::text, version, state::text, class from synchealth.alert where (class = 'ingest_down') = @own;
