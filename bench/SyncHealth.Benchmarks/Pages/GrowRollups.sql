-- Thirty days of a fleet as increments, which the product's own fold turns into rollups of every grain. @app: an app whose segments are known by events that
-- were written before; @now: their end; @attempts: what the fleet makes in thirty days. Hours of every fine segment up to the last 48 hours, from then on minutes
-- of every core segment. A fine segment has something in one hour of @every, as much as in all of them, so that the fold ends. A tenth arrives six hours late. Two in a hundred fail; of the version @bad over cellular three in ten, in the last three hours.
-- Durations are log-normal, drawn once for sixteen sizes of a row. The same at every run.
with fine as materialized (
    select s.segment_id, s.core_id, c.app_version = @bad and c.network = 'cellular' as is_bad, row_number() over (order by s.segment_id) as no,
        row_number() over (partition by s.core_id order by s.segment_id) as place, count(*) over (partition by s.core_id) as places
    from synchealth.segment s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = @app
),
-- What a row holds on the average: a fine segment's hour, a core segment's minute.
load as materialized (
    select @every * @attempts::float8 / 720 / count(*) as hourly, @attempts::float8 / 43200 / count(distinct core_id) as by_minute from fine
),
shape as materialized (
    select k.by_minute, k.is_bad, n.n, z.size, least(z.size, ceil(z.size * case when k.is_bad then 0.3 else 0.02 end))::integer as failures
    from (values (false, false), (false, true), (true, false), (true, true)) k (by_minute, is_bad)
    cross join generate_series(0, 15) n (n)
    cross join load l
    cross join lateral (select greatest(1, round(case when k.by_minute then l.by_minute else l.hourly end * (0.7 + 0.04 * n.n)))::integer as size) z
),
-- As units of two bytes: 1, five bits of count less one, ten bits of bucket.
drawn as materialized (
    select x.by_minute, x.is_bad, x.n, x.size, x.failures,
        (select string_agg(substring(int4send(32768 | ((least(b.count, 32) - 1) << 10) | b.bucket) from 3), ''::bytea order by b.bucket)
         from (select d.bucket, count(*)::integer as count
               from generate_series(1, x.size - x.failures) g
               cross join lateral (
                   select synchealth.sketch_bucket(exp(6 + 1.1 * sqrt(-2 * ln(((hashint8extended(g * 16 + x.n, 1) & 1048575) + 0.5) / 1048576))
                       * cos(2 * pi() * (hashint8extended(g * 16 + x.n, 2) & 1048575) / 1048576))) as bucket) d
               group by d.bucket) b) as successes_sketch,
        (select string_agg(synchealth.duration_unit((3000 + 500 * (g % 9))::integer), ''::bytea) from generate_series(1, x.failures) g) as failures_sketch
    from shape x
),
minutes_from as materialized (select synchealth.ceil_to('1 hour', @now::timestamptz - interval '48 hours') as at),
cell as (
    select f.segment_id, f.core_id, f.is_bad, false as by_minute, h.at, (f.no * 7 + h.no * 3) % 16 as n, (f.no + h.no) % 10 = 0 as is_late, l.hourly as mean, f.no * 769 + h.no * 31 as lot
    from load l
    cross join minutes_from m
    cross join lateral generate_series(synchealth.floor_to('1 hour', @now::timestamptz - interval '30 days'), m.at - interval '1 hour', interval '1 hour') with ordinality h (at, no)
    join fine f on (f.no + h.no) % @every = 0
    union all
    select f.segment_id, f.core_id, f.is_bad and h.at >= @now::timestamptz - interval '3 hours', true, h.at, (f.core_id * 7 + h.no * 3) % 16, (f.core_id + h.no) % 10 = 0, l.by_minute, f.core_id * 769 + h.no * 31
    from load l
    cross join minutes_from m
    cross join lateral generate_series(m.at, @now::timestamptz - interval '1 minute', interval '1 minute') with ordinality h (at, no)
    join fine f on f.place = 1 + h.no % f.places
)
insert into synchealth.core_increment (
    bucket_at, arrival_at, core_id, segment_id, promoted_id, lag_class, attempts, successes, first_try, offline_failures, server_failures, conflicted, conflicts_lww,
    conflicts_crdt, discarded, retries, pushed, pulled, applied, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch,
    error_ids, error_counts, conflict_ids, conflict_counts, conflict_discarded)
select date_bin('1 minute', c.at, timestamptz '1970-01-01T00:00:00Z'), date_bin('1 minute', t.at, timestamptz '1970-01-01T00:00:00Z'), c.core_id, c.segment_id, 0, t.lag_class,
    d.size, d.size - d.failures, d.size - d.failures - d.size / 40, d.failures / 3, d.failures - d.failures / 3, d.size / 25, d.size / 40, d.size / 80, d.size / 100, d.failures * 2,
    d.size * 3, d.size * 10, d.size * 10, d.size * 900, d.size * 4200, d.size * 700, coalesce(d.successes_sketch, ''), coalesce(d.failures_sketch, ''),
    case when d.failures > 0 then array[e.ids[1 + (c.n % cardinality(e.ids))]] end, case when d.failures > 0 then array[d.failures::bigint] end,
    case when d.size >= 80 then k.ids[1:2] end, case when d.size >= 80 then array[(d.size / 40)::bigint, (d.size / 80)::bigint] end, case when d.size >= 80 then array[(d.size / 100)::bigint, 0] end
from cell c
-- A bad segment is bad in its last hours only, and those are minutes.
join drawn d on d.by_minute = c.by_minute and d.n = c.n and d.is_bad = (c.is_bad and c.by_minute)
cross join lateral (
    select case when c.is_late and c.at + interval '6 hours' <= @now::timestamptz then c.at + interval '6 hours' else c.at end as at,
        case when c.is_late and c.at + interval '6 hours' <= @now::timestamptz then 4 else 0 end::smallint as lag_class) t
cross join (select array_agg(error_id order by error_id) as ids from synchealth.error) e
cross join (select array_agg(conflict_id order by conflict_id) as ids from synchealth.conflict_class join synchealth.app using (app_id) where name = @app) k
-- A small fleet does not do something in every hour of every segment.
where c.mean >= 1 or hashint8extended(c.lot, 11) & 1048575 < c.mean * 1048576;
