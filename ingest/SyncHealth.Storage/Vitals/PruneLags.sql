-- Drops arrivals before @before, which nobody learns from any more. Index: rollup_lag_pkey.
delete from synchealth.rollup_lag where arrival_at < @before;
