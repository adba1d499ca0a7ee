-- The fold adds to six rollups by one definition. Counts of 0 are null in all of them (0055).

-- How the six rollups by segment name their keys: the columns, what stands for them in given arrays w, and all four parts as they are returned of rows r.
create function synchealth.rollup_key(table_name text, out columns text, out given text, out returned text)
language sql immutable parallel safe as $$
    select x.columns, x.given, x.returned
    from (values
        ('fine', 'segment_id, promoted_id, bucket_at', 'w.id, w.promoted_id, w.at', 'r.segment_id, r.promoted_id, r.bucket_at, null::smallint'),
        ('arrival', 'core_id, arrival_at, lag_class', 'w.id, w.at, w.lag_class', 'r.core_id, null::integer, r.arrival_at, r.lag_class'),
        ('core', 'core_id, bucket_at', 'w.id, w.at', 'r.core_id, null::integer, r.bucket_at, null::smallint')) x (kind, columns, given, returned)
    where x.kind = case when table_name like 'rollup\_fine\_%' then 'fine' when table_name = 'rollup_arrival' then 'arrival' else 'core' end
$$;

-- Adds counts to one rollup by segment, in key order; a count of 0 is null. Parallel arrays; promoted_ids are read for fine rollups, lag_classes for
-- arrivals. Returns the rows whose sketches have grown beyond max_sketch_bytes by concatenation. The caller holds the fold's lock. One definition for six
-- tables: their statements would differ in nothing but the names of table and key.
create function synchealth.fold_rollup(
    table_name text, ids integer[], promoted_ids integer[], ats timestamptz[], lag_classes smallint[],
    attempts integer[], successes integer[], partials integer[], cancelled integer[], first_try integer[], offline_failures integer[], server_failures integer[],
    app_failures integer[], over_60s integer[], conflicted integer[], conflicts_lww bigint[], conflicts_crdt bigint[], conflicts_merge bigint[],
    conflicts_ot bigint[], conflicts_manual bigint[], conflicts_unresolved bigint[], conflicts_unknown bigint[], discarded bigint[], retries bigint[],
    pushed bigint[], pulled bigint[], applied bigint[], rejected bigint[], bytes_up bigint[], bytes_down bigint[], duration_ms_sum bigint[],
    success_sketches bytea[], other_sketches bytea[], max_sketch_bytes integer)
returns table (id integer, promoted_id integer, at timestamptz, lag_class smallint, success_sketch bytea, other_sketch bytea)
language plpgsql as $$
declare
    counts constant text[] := array[
        'attempts', 'successes', 'partials', 'cancelled', 'first_try', 'offline_failures', 'server_failures', 'app_failures', 'over_60s', 'conflicted',
        'conflicts_lww', 'conflicts_crdt', 'conflicts_merge', 'conflicts_ot', 'conflicts_manual', 'conflicts_unresolved', 'conflicts_unknown', 'discarded', 'retries',
        'pushed', 'pulled', 'applied', 'rejected', 'bytes_up', 'bytes_down', 'duration_ms_sum'];
    key constant record := synchealth.rollup_key(table_name);
begin
    return query execute format(
        'with grown as (
            insert into synchealth.%1$I as r (%2$s, %3$s, success_sketch, other_sketch)
            select %4$s, %5$s, w.success_sketch, w.other_sketch
            from unnest($1, $2, $3, $4, %6$s, $31, $32) w (id, promoted_id, at, lag_class, %3$s, success_sketch, other_sketch)
            on conflict (%2$s) do update set %7$s,
                success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
            returning %8$s, r.success_sketch, r.other_sketch)
         select * from grown g (id, promoted_id, at, lag_class, success_sketch, other_sketch)
         where octet_length(g.success_sketch) + octet_length(g.other_sketch) > $33',
        table_name, key.columns, array_to_string(counts, ', '), key.given,
        (select string_agg(case c when 'attempts' then 'w.attempts' else format('nullif(w.%I, 0)', c) end, ', ' order by n) from unnest(counts) with ordinality x (c, n)),
        (select string_agg('$' || n + 4, ', ' order by n) from unnest(counts) with ordinality x (c, n)),
        (select string_agg(format('%1$I = coalesce(r.%1$I + excluded.%1$I, r.%1$I, excluded.%1$I)', c), ', ') from unnest(counts) c),
        key.returned)
    using ids, promoted_ids, ats, lag_classes,
        attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt,
        conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected, bytes_up,
        bytes_down, duration_ms_sum,
        success_sketches, other_sketches, max_sketch_bytes;
end
$$;

-- Replaces sketches of one rollup by their compact encoding, in the transaction that found them grown. Parallel arrays, as fold_rollup returns them.
create function synchealth.replace_sketches(
    table_name text, ids integer[], promoted_ids integer[], ats timestamptz[], lag_classes smallint[], success_sketches bytea[], other_sketches bytea[])
returns void
language plpgsql as $$
declare
    key constant record := synchealth.rollup_key(table_name);
begin
    execute format(
        'update synchealth.%1$I r set success_sketch = w.success_sketch, other_sketch = w.other_sketch
         from unnest($1, $2, $3, $4, $5, $6) w (id, promoted_id, at, lag_class, success_sketch, other_sketch)
         where (%2$s) = (%3$s)', table_name, regexp_replace(key.columns, '\w+', 'r.\&', 'g'), key.given)
    using ids, promoted_ids, ats, lag_classes, success_sketches, other_sketches;
end
$$;
