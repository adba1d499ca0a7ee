-- Attempts that arrived in [@from, @to) less than 15 minutes after they ended, of @app in @environment; both times on the shared clock.
-- Rollup and unfolded increments are read in one snapshot, so the counts are exact at every moment.
-- Index: rollup_arrival_pkey; event_received (BRIN) for the devices.
with segments as (
    select core_id
    from synchealth.core_segment
    where app_id = (select app_id from synchealth.app where name = @app) and environment = @environment
),
counted as (
    select attempts, successes, over_60s,
           conflicts_lww + conflicts_crdt + conflicts_merge + conflicts_ot + conflicts_manual + conflicts_unresolved + conflicts_unknown as conflicts,
           success_sketch, other_sketch
    from synchealth.arrival_row
    where core_id in (select core_id from segments) and arrival_at >= @from and arrival_at < @to and lag_class <= 1
)
select coalesce(sum(attempts), 0)::bigint, coalesce(sum(successes), 0)::bigint,
       coalesce(sum(over_60s), 0)::bigint, coalesce(sum(conflicts), 0)::bigint,
       coalesce(string_agg(success_sketch || other_sketch, ''::bytea), ''::bytea),
       (select count(distinct device_key)
        from synchealth.event
        join synchealth.segment using (segment_id)
        where received_at >= @from and received_at < @to
          and received_at - event_at < interval '15 minutes'
          and core_id in (select core_id from segments)
          and has_device and outcome <> 0)
from counted;
