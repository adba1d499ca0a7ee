-- Writes an evaluated alert if nobody wrote it since version @version was read (0: it was not there). Returns its id, or no row.
-- Times are on the shared clock. Index: alert_is_one_per_segment.
insert into synchealth.alert as a (
    rule, app_name, segment, class, severity, status, since, episode, last_seq, version, state,
    metric_value, threshold, unit, attempts, devices, labels, goes_to, muted, evaluated_at)
select @rule, @app, @segment::jsonb, @class, @severity, @status, @since, @episode, @seq, 1, @state::jsonb,
       @metric_value, @threshold, @unit, @attempts, @devices, @labels::jsonb, @goes_to::jsonb, @muted, @evaluated_at
where @version = 0 or exists (select from synchealth.alert where rule = @rule and app_name = @app and segment = @segment::jsonb and class = @class)
on conflict (rule, app_name, segment, class) do update set
    severity = excluded.severity, status = excluded.status, since = excluded.since, episode = excluded.episode, last_seq = excluded.last_seq,
    version = a.version + 1, state = excluded.state, metric_value = excluded.metric_value, threshold = excluded.threshold, unit = excluded.unit,
    attempts = excluded.attempts, devices = excluded.devices, labels = excluded.labels, goes_to = excluded.goes_to, muted = excluded.muted, evaluated_at = excluded.evaluated_at,
    changed_in = pg_current_xact_id()
where a.version = @version
returning alert_id;
