-- How evaluation is doing; no row before the first round. One row.
select round_at, rounds, missed, wording_failures, heartbeats, heartbeat_failures from synchealth.alert_health;
