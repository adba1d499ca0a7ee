-- What messages say about an incident: which errors its failures ended with, and how many devices it concerned.

-- Failed attempts of a window by kind and code of error. rule_error_kinds stays for programs of before.
create function synchealth.rule_errors(app_name text, lo timestamptz, hi timestamptz, clock text, filters text[], ignored text[])
returns table (kind text, code text, failures bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = off as $$
begin
    return query
    with seg as materialized (select g.segment_id from synchealth.segment_groups(app_name, '{}', filters) g),
    prof as materialized (select g.profile_id from synchealth.profile_groups('{}', filters) g),
    failed as materialized (
        select e.outcome, coalesce(e.error_id, 0) as error_id, count(*) as failures
        from synchealth.events_on(case clock when 'event' then 'event' else 'arrival' end, lo, hi) e
        where e.outcome in (3, 4)
          and (clock = 'event' or synchealth.is_late(e.received_at, e.event_at) = (clock = 'late'))
          and e.segment_id in (select s.segment_id from seg s)
          and e.profile_id in (select p.profile_id from prof p)
        group by 1, 2),
    named as (
        select case when f.outcome = 4 then 'cancelled' else coalesce(x.kind, '') end as kind, coalesce(x.code, '') as code, f.failures
        from failed f left join synchealth.error x using (error_id))
    select n.kind, n.code, sum(n.failures)::bigint from named n where n.kind <> all (ignored) group by n.kind, n.code;
end
$$;

-- Distinct devices with an attempt in a window that the rule is about. bad: failed, not_first_try (failed or retried), conflicted, or slow (longer than
-- slower_than_ms). Attempts as rule_attempts has them.
create function synchealth.rule_affected_devices(
    app_name text, lo timestamptz, hi timestamptz, clock text, filters text[], ignored text[], bad text, slower_than_ms double precision)
returns bigint
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = off as $$
begin
    return (
        with seg as materialized (select g.segment_id from synchealth.segment_groups(app_name, '{}', filters) g),
        prof as materialized (select g.profile_id from synchealth.profile_groups('{}', filters) g)
        select count(distinct a.device_key)
        from synchealth.rule_attempts(clock, lo, hi, ignored) a
        where a.has_device
          and case bad when 'failed' then a.outcome not in (1, 2)
                       when 'not_first_try' then a.outcome not in (1, 2) or a.retries > 0
                       when 'conflicted' then a.conflict_count > 0
                       else a.duration_ms > slower_than_ms end
          and a.segment_id in (select s.segment_id from seg s)
          and a.profile_id in (select p.profile_id from prof p));
end
$$;
