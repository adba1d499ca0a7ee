-- The days, hours and five minutes of a margin that make a range were one condition with five branches. An index cannot begin with that: where much was asked, a month by hour,
-- every row of the margin was fetched, of all three grains and as far back as they are kept. Now they are five ranges of the index: half as many pages for a month by version
-- and hour, 57 to 46 ms with what is sent, and 12 to 6 by network.

-- As before.
create or replace function synchealth.margin_rows(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language sql stable as $$
    select case when dimensions = array[q.name] then array[r.value]
            else array(select case d when 'environment' then r.environment else r.value end from unnest(dimensions) with ordinality u(d, n) order by n) end,
        synchealth.point_of(r.bucket_at, step, zone, lo),
        r.attempts::bigint, r.successes::bigint, r.partials::bigint, r.cancelled::bigint, r.first_try::bigint,
        r.offline_failures::bigint, r.server_failures::bigint, r.app_failures::bigint, r.over_60s::bigint, r.conflicted::bigint,
        r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
        r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
    from (
        select h.name, h.hour_lo, h.hour_hi, d.day_lo, greatest(synchealth.floor_to('1 day', h.hour_hi), d.day_lo) as day_hi,
            f.five_lo, greatest(synchealth.floor_to('5 minutes', h.hour_lo), f.five_lo) as five_end, greatest(synchealth.floor_to('5 minutes', hi), h.hour_hi) as five_hi
        from (
            select x.name, x.hour_lo, greatest(synchealth.floor_to('1 hour', hi), x.hour_lo) as hour_hi
            from (
                select synchealth.margin_of(dimensions, filters) as name,
                    case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end as hour_lo) x) h
        cross join lateral (
            select case when source in ('day', 'fine_day') then least(synchealth.ceil_to('1 day', h.hour_lo), h.hour_hi) else h.hour_hi end as day_lo) d
        cross join lateral (select least(synchealth.ceil_to('5 minutes', lo), h.hour_lo) as five_lo) f) q
    cross join lateral (
        values (3::smallint, q.day_lo, q.day_hi), (2, q.hour_lo, q.day_lo), (2, q.day_hi, q.hour_hi), (1, q.five_lo, q.five_end), (1, q.hour_hi, q.five_hi)) span(grain, since, until)
    join synchealth.rollup_margin r on r.dimension = q.name and r.grain = span.grain and r.bucket_at >= span.since and r.bucket_at < span.until
    where r.app_id = (select a.app_id from synchealth.app a where a.name = app_name)
      and (not exists (select from unnest(filters) f where starts_with(f, q.name || ':')) or q.name || ':' || r.value = any (filters))
      and (not exists (select from unnest(filters) f where starts_with(f, 'environment:')) or 'environment:' || r.environment = any (filters))
$$;
