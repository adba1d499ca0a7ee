using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests;

/// <summary>Reads what was folded, in a form that does not depend on ids or on how sketches happen to be encoded.</summary>
internal static class Rollups
{
    public static readonly string[] Tables = ["rollup_minute", "rollup_hour", "rollup_day", "rollup_arrival"];

    /// <summary>All rows of a table as text, keyed by names, sketches counted.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource dataSource, string table, string app)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var rows = await connection.QueryAsync<(string Row, byte[] Success, byte[] Other)>($"""
            select (to_jsonb(r) - 'core_id' - 'success_sketch' - 'other_sketch' || jsonb_build_object('version', app_version, 'network', network))::text, success_sketch, other_sketch
            from synchealth.{table} r join synchealth.core_segment using (core_id) join synchealth.app using (app_id) where name = @app
            """, new { app });
        return [.. rows.Select(row => $"{row.Row} {Counted(row.Success)} {Counted(row.Other)}").Order(StringComparer.Ordinal)];
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
            from synchealth.device_hour join synchealth.core_segment using (core_id) join synchealth.app using (app_id) where name = @app
            """, new { app, firstDevice });
        return [.. states.Concat(hours).Concat(await ReadDaysAsync(connection, app, firstDevice)).Order(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> ReadDaysAsync(NpgsqlConnection connection, string app, long firstDevice)
    {
        var rows = await connection.QueryAsync<(string Row, byte[] Sketch)>("""
            select (to_jsonb(d) - 'core_id' - 'sketch' - 'device_key' || jsonb_build_object('device', device_key - @firstDevice, 'version', app_version, 'network', network))::text, d.sketch
            from (select *, null::timestamptz as first_seen_at, null::timestamptz as last_seen_at from synchealth.device_day
                  union all
                  select device_key, null, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
                      over_60s, conflicted, conflicts, '', first_seen_at, last_seen_at from synchealth.device_release) d
            join synchealth.core_segment using (core_id) join synchealth.app using (app_id) where name = @app
            """, new { app, firstDevice });
        return rows.Select(row => $"{row.Row} {Counted(row.Sketch)}");
    }

    private static string Counted(byte[] encoded)
    {
        var sketch = new DurationSketch();
        sketch.Merge(encoded);
        return string.Join(',', sketch.Buckets);
    }
}
