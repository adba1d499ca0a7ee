-- What nobody reads by arrival is not kept by arrival: of a row of 200 bytes for one late event it took 32. Hours and days by event time hold it.
-- Rows that stand there give its space back when they are packed.
alter table synchealth.rollup_arrival drop column retries, drop column applied, drop column rejected, drop column duration_ms_sum;
alter table synchealth.rollup_arrival_pack drop column retries, drop column applied, drop column rejected, drop column duration_ms_sum;

-- As before, without what arrivals have no more.
create or replace function synchealth.fold_rollup(
    table_name text, ids integer[], promoted_ids integer[], ats timestamptz[], lag_classes smallint[],
    attempts integer[], successes integer[], partials integer[], cancelled integer[], first_try integer[], offline_failures integer[], server_failures integer[],
    app_failures integer[], over_60s integer[], conflicted integer[], conflicts_lww bigint[], conflicts_crdt bigint[], conflicts_merge bigint[],
    conflicts_ot bigint[], conflicts_manual bigint[], conflicts_unresolved bigint[], conflicts_unknown bigint[], discarded bigint[], retries bigint[],
    pushed bigint[], pulled bigint[], applied bigint[], rejected bigint[], bytes_up bigint[], bytes_down bigint[], duration_ms_sum bigint[],
    success_sketches bytea[], other_sketches bytea[], max_sketch_bytes integer)
returns table (id integer, promoted_id integer, at timestamptz, lag_class smallint, success_sketch bytea, other_sketch bytea)
language plpgsql as $$
declare
    given constant text[] := array[
        'attempts', 'successes', 'partials', 'cancelled', 'first_try', 'offline_failures', 'server_failures', 'app_failures', 'over_60s', 'conflicted',
        'conflicts_lww', 'conflicts_crdt', 'conflicts_merge', 'conflicts_ot', 'conflicts_manual', 'conflicts_unresolved', 'conflicts_unknown', 'discarded', 'retries',
        'pushed', 'pulled', 'applied', 'rejected', 'bytes_up', 'bytes_down', 'duration_ms_sum'];
    -- In the order of their parameters: those that the table has.
    counts constant text[] := array(
        select x.c from unnest(given) with ordinality x (c, n)
        where table_name <> 'rollup_arrival' or x.c not in ('retries', 'applied', 'rejected', 'duration_ms_sum') order by x.n);
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
        (select string_agg('$' || array_position(given, c) + 4, ', ' order by n) from unnest(counts) with ordinality x (c, n)),
        (select string_agg(format('%1$I = coalesce(r.%1$I + excluded.%1$I, r.%1$I, excluded.%1$I)', c), ', ') from unnest(counts) c),
        key.returned)
    using ids, promoted_ids, ats, lag_classes,
        attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt,
        conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected, bytes_up,
        bytes_down, duration_ms_sum,
        success_sketches, other_sketches, max_sketch_bytes;
end
$$;

-- As before, without what arrivals have no more.
create or replace function synchealth.unpack_arrivals(lo timestamptz, hi timestamptz) returns void
language plpgsql as $$
begin
    with gone as (
        delete from synchealth.rollup_arrival_pack where hour_at >= lo and hour_at < hi
        returning *),
    cell as (
        select p.hour_at, p.core_id, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class,
            unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.partials) as partials, unnest(p.cancelled) as cancelled,
            unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures,
            unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted,
            unnest(p.conflicts_lww) as conflicts_lww, unnest(p.conflicts_crdt) as conflicts_crdt, unnest(p.conflicts_merge) as conflicts_merge,
            unnest(p.conflicts_ot) as conflicts_ot, unnest(p.conflicts_manual) as conflicts_manual,
            unnest(p.conflicts_unresolved) as conflicts_unresolved, unnest(p.conflicts_unknown) as conflicts_unknown, unnest(p.discarded) as discarded,
            unnest(p.pushed) as pushed, unnest(p.pulled) as pulled,
            unnest(p.bytes_up) as bytes_up, unnest(p.bytes_down) as bytes_down,
            unnest(p.success_sketches) as success_sketch, unnest(p.other_sketches) as other_sketch
        from gone p)
    insert into synchealth.rollup_arrival as r (
        arrival_at, core_id, lag_class,
        attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww,
        conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, pushed, pulled,
        bytes_up, bytes_down, success_sketch, other_sketch)
    select c.hour_at + interval '1 minute' * c.minute, c.core_id, c.lag_class,
        c.attempts, nullif(c.successes, 0), nullif(c.partials, 0), nullif(c.cancelled, 0), nullif(c.first_try, 0), nullif(c.offline_failures, 0),
        nullif(c.server_failures, 0), nullif(c.app_failures, 0), nullif(c.over_60s, 0), nullif(c.conflicted, 0), nullif(c.conflicts_lww, 0),
        nullif(c.conflicts_crdt, 0), nullif(c.conflicts_merge, 0), nullif(c.conflicts_ot, 0), nullif(c.conflicts_manual, 0),
        nullif(c.conflicts_unresolved, 0), nullif(c.conflicts_unknown, 0), nullif(c.discarded, 0), nullif(c.pushed, 0),
        nullif(c.pulled, 0), nullif(c.bytes_up, 0), nullif(c.bytes_down, 0),
        coalesce(c.success_sketch, ''), coalesce(c.other_sketch, '')
    from cell c
    order by c.core_id, 1, c.lag_class
    on conflict (core_id, arrival_at, lag_class) do update set
        attempts = r.attempts + excluded.attempts, successes = coalesce(r.successes + excluded.successes, r.successes, excluded.successes),
        partials = coalesce(r.partials + excluded.partials, r.partials, excluded.partials),
        cancelled = coalesce(r.cancelled + excluded.cancelled, r.cancelled, excluded.cancelled),
        first_try = coalesce(r.first_try + excluded.first_try, r.first_try, excluded.first_try),
        offline_failures = coalesce(r.offline_failures + excluded.offline_failures, r.offline_failures, excluded.offline_failures),
        server_failures = coalesce(r.server_failures + excluded.server_failures, r.server_failures, excluded.server_failures),
        app_failures = coalesce(r.app_failures + excluded.app_failures, r.app_failures, excluded.app_failures),
        over_60s = coalesce(r.over_60s + excluded.over_60s, r.over_60s, excluded.over_60s),
        conflicted = coalesce(r.conflicted + excluded.conflicted, r.conflicted, excluded.conflicted),
        conflicts_lww = coalesce(r.conflicts_lww + excluded.conflicts_lww, r.conflicts_lww, excluded.conflicts_lww),
        conflicts_crdt = coalesce(r.conflicts_crdt + excluded.conflicts_crdt, r.conflicts_crdt, excluded.conflicts_crdt),
        conflicts_merge = coalesce(r.conflicts_merge + excluded.conflicts_merge, r.conflicts_merge, excluded.conflicts_merge),
        conflicts_ot = coalesce(r.conflicts_ot + excluded.conflicts_ot, r.conflicts_ot, excluded.conflicts_ot),
        conflicts_manual = coalesce(r.conflicts_manual + excluded.conflicts_manual, r.conflicts_manual, excluded.conflicts_manual),
        conflicts_unresolved = coalesce(r.conflicts_unresolved + excluded.conflicts_unresolved, r.conflicts_unresolved, excluded.conflicts_unresolved),
        conflicts_unknown = coalesce(r.conflicts_unknown + excluded.conflicts_unknown, r.conflicts_unknown, excluded.conflicts_unknown),
        discarded = coalesce(r.discarded + excluded.discarded, r.discarded, excluded.discarded),
        pushed = coalesce(r.pushed + excluded.pushed, r.pushed, excluded.pushed),
        pulled = coalesce(r.pulled + excluded.pulled, r.pulled, excluded.pulled),
        bytes_up = coalesce(r.bytes_up + excluded.bytes_up, r.bytes_up, excluded.bytes_up),
        bytes_down = coalesce(r.bytes_down + excluded.bytes_down, r.bytes_down, excluded.bytes_down),
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch;
end
$$;
