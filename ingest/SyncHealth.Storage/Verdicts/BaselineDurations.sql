-- Durations of the baseline's attempts on the compared days, as one sketch: its p99, frozen, is what counts as slow. Index: device_day_pkey.
select synchealth.release_durations(@app, @kind, @baseline, @filters, @days, @lastKey);
