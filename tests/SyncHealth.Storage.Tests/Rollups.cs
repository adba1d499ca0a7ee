using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests;

/// <summary>Reads what was folded, in a form that does not depend on ids or on how sketches happen to be encoded.</summary>
internal static class Rollups
{
    /// <summary>The tables at core grain: each holds every attempt.</summary>
    public static readonly string[] Tables = ["rollup_minute", "rollup_hour", "rollup_day", "rollup_arrival"];

    private static readonly string[] FineTables = ["rollup_fine_hour", "rollup_fine_day"];
    private static readonly string[] ErrorTables = ["rollup_error_hour", "rollup_error_day"];
    private static readonly string[] ConflictTables = ["rollup_conflict_hour", "rollup_conflict_day"];

    /// <summary>All rows of an app in every rollup.</summary>
    public static async Task<IReadOnlyList<string>> ReadAllAsync(NpgsqlDataSource dataSource, string app)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var rows = new List<string>();
        foreach (var table in Tables)
            rows.AddRange(await ReadAsync(connection, table, app, "success_sketch, other_sketch", "", "'{}'"));
        foreach (var table in FineTables)
            rows.AddRange(await ReadAsync(
                connection, table, app, "success_sketch, other_sketch", "join synchealth.segment using (segment_id) left join synchealth.promoted_value v using (promoted_id)",
                "jsonb_build_object('os_version', os_version, 'type', type, 'trigger', trigger, 'promoted', v.value)"));
        foreach (var table in ErrorTables)
            rows.AddRange(await ReadAsync(
                connection, table, app, "null::bytea, null::bytea", "left join synchealth.error x using (error_id)", "jsonb_build_object('kind', x.kind, 'code', x.code)"));
        foreach (var table in ConflictTables)
            rows.AddRange(await ReadAsync(
                connection, table, app, "null::bytea, null::bytea", "join synchealth.conflict_class k using (conflict_id)",
                "jsonb_build_object('way', concat_ws('/', k.entity, k.kind, k.strategy, k.winner))"));
        rows.AddRange(await ReadMarginsAsync(connection, app));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>The margins of an app; a count that is null counts 0.</summary>
    public static async Task<IEnumerable<string>> ReadMarginsAsync(NpgsqlConnection connection, string app)
    {
        var rows = await connection.QueryAsync<(string Row, byte[] Success, byte[] Other)>("""
            select c.counts::text, success_sketch, other_sketch
            from synchealth.rollup_margin r join synchealth.app using (app_id)
            cross join lateral (
                select jsonb_object_agg(key, case value when 'null' then '0' else value end) as counts
                from jsonb_each(to_jsonb(r) - '{app_id,success_sketch,other_sketch}'::text[])) c
            where name = @app
            """, new { app });
        return rows.Select(row => $"rollup_margin {row.Row} {Counted(row.Success)} {Counted(row.Other)}");
    }

    private static async Task<IEnumerable<string>> ReadAsync(NpgsqlConnection connection, string table, string app, string sketches, string joins, string names)
    {
        var rows = await connection.QueryAsync<(string Row, byte[]? Success, byte[]? Other)>($"""
            select (to_jsonb(r) - '{"{core_id,segment_id,promoted_id,error_id,conflict_id,success_sketch,other_sketch}"}'::text[]
                || jsonb_build_object('version', app_version, 'os', os, 'network', network) || {names})::text, {sketches}
            from synchealth.{table} r {joins} join synchealth.core_segment using (core_id) join synchealth.app a on a.app_id = core_segment.app_id where name = @app
            """, new { app });
        return rows.Select(row => $"{table} {row.Row} {Counted(row.Success)} {Counted(row.Other)}");
    }

    /// <summary>The devices' state as text, keyed by names; device keys relative to <paramref name="firstDevice"/>.</summary>
    public static async Task<IReadOnlyList<string>> ReadDevicesAsync(NpgsqlDataSource dataSource, string app, long firstDevice)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var states = await connection.QueryAsync<string>("""
            select (to_jsonb(d) - 'app_id' - 'segment_id' - 'device_key' || jsonb_build_object('device', device_key - @firstDevice, 'version', app_version, 'network', network))::text
            from synchealth.device_state d join synchealth.segment using (segment_id) join synchealth.core_segment c using (core_id) join synchealth.app on app.app_id = d.app_id
            where name = @app
            """, new { app, firstDevice });
        var hours = await connection.QueryAsync<string>("""
            select concat_ws('|', device_key - @firstDevice, hour_at, app_version, network)
            from (select device_key, hour_at, core_id from synchealth.device_open_hour
                  union
                  select ('x' || encode(substring(keys from i + 1 for 8), 'hex'))::bit(64)::bigint, bucket_at, core_id
                  from synchealth.device_set cross join generate_series(0, length(keys) - 8, 8) i where grain = 2) h join synchealth.core_segment using (core_id) join synchealth.app using (app_id) where name = @app
            """, new { app, firstDevice });
        return [.. states.Concat(hours).Concat(await ReadDaysAsync(connection, app, firstDevice)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Days and releases of devices, whether they are packed or not.</summary>
    private static async Task<IEnumerable<string>> ReadDaysAsync(NpgsqlConnection connection, string app, long firstDevice)
    {
        var rows = await connection.QueryAsync<(string Row, byte[] Sketch)>("""
            select (to_jsonb(d) - 'core_id' - 'sketch' - 'device_key' || jsonb_build_object('device', device_key - @firstDevice, 'version', app_version, 'network', network))::text, d.sketch
            from (select device_key, day_at, core_id, sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled,
                      sum(first_try) as first_try, sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures,
                      sum(over_60s) as over_60s, sum(conflicted) as conflicted, sum(conflicts) as conflicts, string_agg(sketch, ''::bytea) as sketch,
                      null::timestamptz as first_seen_at, null::timestamptz as last_seen_at
                  from synchealth.device_day_folded group by device_key, day_at, core_id
                  union all
                  select device_key, null, core_id, sum(attempts), sum(successes), sum(partials), sum(cancelled), sum(first_try), sum(offline_failures),
                      sum(server_failures), sum(app_failures), sum(over_60s), sum(conflicted), sum(conflicts), '', min(first_seen_at), max(last_seen_at)
                  from synchealth.device_release_folded group by device_key, core_id) d
            join synchealth.core_segment using (core_id) join synchealth.app using (app_id) where name = @app
            """, new { app, firstDevice });
        return rows.Select(row => $"{row.Row} {Counted(row.Sketch)}");
    }

    private static string Counted(byte[]? encoded)
    {
        var sketch = new DurationSketch();
        sketch.Merge(encoded);
        return string.Join(',', sketch.Buckets);
    }
}
