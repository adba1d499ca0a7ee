using Dapper;
using Npgsql;
using SyncHealth.Storage.Migrations;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Margins hold what the segments hold, added up by one dimension.</summary>
public sealed class MarginFoldTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(5);

    private VitalsStage _stage = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        _connection = await _stage.DataSource.OpenConnectionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task Fold_InSeveralRounds_AddsUpToTheSegments()
    {
        await FoldSomeAsync(rounds: 3);
        await AssertAddsUpAsync("app_version", 3, "rollup_day", "c.app_version");
        await AssertAddsUpAsync("os", 2, "rollup_hour", "c.os");
        await AssertAddsUpAsync("network", 1, "rollup_minute", "c.network");
        await AssertAddsUpAsync("os_version", 3, "rollup_fine_day", "s.os_version");
        await AssertAddsUpAsync("type", 2, "rollup_fine_hour", "s.type");
        await AssertAddsUpAsync("trigger", 2, "rollup_fine_hour", "s.trigger");
    }

    [Fact]
    public async Task Fold_ManyTimesIntoOneHour_KeepsEveryRowWithinAPage()
    {
        var hour = new DateTimeOffset(2026, 3, 4, 13, 0, 0, TimeSpan.Zero);
        for (var round = 0; round < 6; round++)
        {
            await _stage.CommitAsync(Enumerable.Range(0, 400).Select(i => new Attempt(hour.AddSeconds(i)) { Device = round + 1, DurationMs = 1 << (i % 20) | i }));
            await _stage.FoldAsync();
        }

        var rows = (await _connection.QueryAsync<(int Bytes, int Attempts, byte[] Success)>(
            "select octet_length(success_sketch) + octet_length(other_sketch), attempts, success_sketch from synchealth.rollup_margin where grain = 2")).AsList();

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal((2_400, 2_400L), (row.Attempts, Sketches.Merged(row.Success).Count)));
        Assert.All(rows, row => Assert.InRange(row.Bytes, 1, 6 * 1024));
    }

    [Fact]
    public async Task Migrate_RollupsWithoutMargins_AddsUpTheSame()
    {
        await FoldSomeAsync(rounds: 2);
        var folded = (await Rollups.ReadMarginsAsync(_connection, "notes")).Order(StringComparer.Ordinal);

        // As it was before the migration, sketches made of pairs; only the function that it replaces is a stand-in.
        foreach (var table in new[] { "rollup_minute", "rollup_hour", "rollup_day", "rollup_fine_hour", "rollup_fine_day" })
            await _connection.ExecuteAsync($"update synchealth.{table} set success_sketch = {Pairs("success_sketch")}, other_sketch = {Pairs("other_sketch")}");
        await _connection.ExecuteAsync("""
            drop view synchealth.margin_row;
            drop table synchealth.rollup_margin;
            drop function synchealth.vital_parts, synchealth.fine_parts, synchealth.margin_parts, synchealth.margin_of;
            drop aggregate synchealth.total(bigint);
            create function synchealth.fine_range_counts() returns void language sql as '';
            """);
        await _connection.ExecuteAsync(Migration.Embedded().Single(migration => migration.Number == 31).Sql);

        Assert.Equal(folded, (await Rollups.ReadMarginsAsync(_connection, "notes")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_ByOneDimensionAtEitherSideOfTheFold_AnswersTheSame()
    {
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, seed: 12, 300, Over));
        var questions = from dimensions in new[] { "", "app_version", "network", "type", "environment,os_version" }
                        from step in new TimeSpan?[] { null, TimeSpan.FromMinutes(90), TimeSpan.FromHours(1), TimeSpan.FromDays(1) }
                        select _stage.Ask(Over, step, dimensions) with { Parts = VitalsParts.None };
        var asked = questions.ToList();
        var waiting = new List<IEnumerable<string>>();
        foreach (var question in asked)
            waiting.Add(BruteForce.Lines(await _stage.ReadAsync(question), question));

        await _stage.FoldAsync();

        for (var i = 0; i < asked.Count; i++)
            Assert.Equal(waiting[i], BruteForce.Lines(await _stage.ReadAsync(asked[i]), asked[i]));
    }

    private async Task AssertAddsUpAsync(string dimension, int grain, string table, string value)
    {
        var segments = table.Contains("fine", StringComparison.Ordinal)
            ? "join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)"
            : "join synchealth.core_segment c using (core_id)";
        var at = grain == 1 ? "synchealth.floor_to('5 minutes', r.bucket_at)" : "r.bucket_at";

        var expected = await _connection.QueryAsync<(string Key, string Counts, byte[] Success, byte[] Other)>(
            $"select concat_ws('|', {value}, {at}), {Counts}, string_agg(r.success_sketch, ''), string_agg(r.other_sketch, '') from synchealth.{table} r {segments} group by 1");
        var margins = await _connection.QueryAsync<(string Key, string Counts, byte[] Success, byte[] Other)>(
            $"select concat_ws('|', r.value, r.bucket_at), {Counts}, string_agg(r.success_sketch, ''), string_agg(r.other_sketch, '') from synchealth.rollup_margin r where dimension = @dimension and grain = @grain group by 1",
            new { dimension, grain });

        Assert.NotEmpty(margins);
        Assert.Equal(Lines(expected), Lines(margins));
    }

    private static string Pairs(string sketch) =>
        $"(select coalesce(string_agg(synchealth.sketch_pair(b.bucket, b.count), ''::bytea), '') from synchealth.duration_buckets({sketch}) b)";

    private static string Counts => "concat_ws('|', " + string.Join(", ", new[]
    {
        "attempts", "successes", "partials", "cancelled", "first_try", "offline_failures", "server_failures", "app_failures", "over_60s", "conflicted",
        "conflicts_lww", "conflicts_crdt", "conflicts_merge", "conflicts_ot", "conflicts_manual", "conflicts_unresolved", "conflicts_unknown", "discarded",
        "retries", "pushed", "pulled", "applied", "rejected", "bytes_up", "bytes_down", "duration_ms_sum",
    }.Select(column => $"coalesce(sum(r.{column}), 0)")) + ")";

    private static IEnumerable<string> Lines(IEnumerable<(string Key, string Counts, byte[] Success, byte[] Other)> rows) =>
        rows.Select(row => $"{row.Key} {row.Counts} {string.Join(',', Sketches.Merged(row.Success).Buckets)} {string.Join(',', Sketches.Merged(row.Other).Buckets)}")
            .Order(StringComparer.Ordinal);

    private async Task FoldSomeAsync(int rounds)
    {
        foreach (var batch in SomeAttempts.Before(_stage.Now, seed: 11, 600, Over).Chunk(600 / rounds))
        {
            await _stage.CommitAsync(batch);
            await _stage.FoldAsync();
        }
    }
}
