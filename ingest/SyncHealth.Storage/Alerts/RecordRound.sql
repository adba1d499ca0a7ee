-- Records the end of a round of evaluations, and what was counted since the last one. @at: wall clock. Key: alert_health_pkey.
insert into synchealth.alert_health as h (round_at, rounds, missed, wording_failures, heartbeats, heartbeat_failures)
values (@at, @rounds, @missed, @wording_failures, @heartbeats, @heartbeat_failures)
on conflict (only_one) do update set
    round_at = case when excluded.rounds > 0 then greatest(h.round_at, excluded.round_at) else h.round_at end,
    rounds = h.rounds + excluded.rounds, missed = h.missed + excluded.missed, wording_failures = h.wording_failures + excluded.wording_failures,
    heartbeats = h.heartbeats + excluded.heartbeats, heartbeat_failures = h.heartbeat_failures + excluded.heartbeat_failures;
