-- When the newest round of evaluations was completed, on the wall clock; no row before the first.
select round_at from synchealth.alert_health;
