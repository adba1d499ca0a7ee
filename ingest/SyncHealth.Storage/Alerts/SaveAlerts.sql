-- Writes evaluated alerts that have nothing to tell, as a list of JSON: each if nobody wrote it since its version was read (0: it was not there).
-- In the order of their keys, so that two evaluators wait for each other and for nothing else. Returns how many. Times are on the shared clock.
-- Index: alert_is_one_per_segment.
with saved as (
    insert into synchealth.alert as a (
        rule, app_name, segment, class, severity, status, since, episode, last_seq, version, state,
        metric_value, threshold, unit, attempts, devices, labels, goes_to, muted, evaluated_at)
    select rule, app, segment, class, severity, status, since, episode, seq, version + 1, state,
        metric_value, threshold, unit, attempts, devices, labels, goes_to, muted, evaluated_at
    from jsonb_to_recordset(@alerts::text::jsonb) as x (
        rule text, app text, segment jsonb, class text, severity text, status text, since timestamptz, episode integer, seq integer, version bigint, state jsonb,
        metric_value double precision, threshold double precision, unit text, attempts bigint, devices bigint, labels jsonb, goes_to jsonb, muted text, evaluated_at timestamptz)
    where version = 0 or exists (select from synchealth.alert k where k.rule = x.rule and k.app_name = x.app and k.segment = x.segment and k.class = x.class)
    order by rule, app, segment, class
    on conflict (rule, app_name, segment, class) do update set
        severity = excluded.severity, status = excluded.status, since = excluded.since, episode = excluded.episode, last_seq = excluded.last_seq,
        version = excluded.version, state = excluded.state, metric_value = excluded.metric_value, threshold = excluded.threshold, unit = excluded.unit,
        attempts = excluded.attempts, devices = excluded.devices, labels = excluded.labels, goes_to = excluded.goes_to, muted = excluded.muted,
        evaluated_at = excluded.evaluated_at, changed_in = pg_current_xact_id()
    where a.version = excluded.version - 1
    returning 1
)
select count(*) from saved;
