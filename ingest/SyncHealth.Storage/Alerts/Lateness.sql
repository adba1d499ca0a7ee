-- How long after its end nine tenths of a window of @app have arrived. Index: lag_learned_pkey.
select synchealth.rule_lateness(@app::text);
