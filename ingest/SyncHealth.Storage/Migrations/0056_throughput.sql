-- Whether throughput keeps up with input: what devices wrote beside what they pushed.

-- Items pushed, pulled and written by group and point of the event clock, for people and panels; VitalsReader answers the same. No device reports what is
-- written on it, but its queue changes by that and by what it pushes: written is pushed plus the growth of the queues, never below 0. Null where the fleet is
-- not known at both ends (dimensions beyond core, no snapshot) and in steps narrower than the five minutes between snapshots.
create function synchealth.throughput(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], pushed bigint, pulled bigint, written bigint)
language sql stable as $$
    with counted as materialized (
        select c.at, c.group_key, c.pushed, c.pulled, greatest(c.at, k.lo) as begins,
            least(
                case when step is null then k.hi
                     when zone <> 'UTC' and step = interval '1 day' then (c.at at time zone zone + step) at time zone zone
                     else c.at + step end,
                k.hi, now_at) as ends
        from synchealth.counted_range(app_name, from_at, to_at, step, zone, 'event', dimensions, filters, now_at) r
        cross join lateral synchealth.kept_range(app_name, r.lo, r.hi, r.source, 'event', now_at) k
        cross join lateral synchealth.vital_counts(app_name, k.lo, k.hi, step, zone, 'event', r.source, dimensions, filters) c),
    waiting as materialized (
        select f.group_key, f.moment, f.queue_sum
        from synchealth.fleet_at(
            app_name, array(select distinct m.moment from counted n cross join lateral (values (n.begins), (n.ends)) m (moment)), now_at, dimensions, filters) f
        where (step is null or step >= interval '5 minutes')
          and not exists (select from synchealth.names_in(dimensions, filters) n where n in ('outcome', 'error_kind')))
    select c.at, c.group_key, c.pushed, c.pulled, case when e.queue_sum is not null and b.queue_sum is not null then greatest(c.pushed + e.queue_sum - b.queue_sum, 0) end
    from counted c
    left join waiting b on b.moment = c.begins and b.group_key = c.group_key
    left join waiting e on e.moment = c.ends and e.group_key = c.group_key
    order by c.group_key, c.at
$$;
