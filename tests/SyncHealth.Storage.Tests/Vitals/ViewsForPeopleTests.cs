using Dapper;
using SyncHealth.Contracts;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>What a person with psql or Grafana reads: the article's queries, and the functions behind the reader. These use the database's own now().</summary>
public sealed class ViewsForPeopleTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync(TimeProvider.System.GetUtcNow());
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-3)) { Version = "2.4.0", DurationMs = 100 },
            new Attempt(Now.AddHours(-3)) { Version = "2.4.0", DurationMs = 200, Device = 2, Outcome = SyncOutcome.Partial, Conflicts = 2 },
            new Attempt(Now.AddHours(-2)) { Version = "2.4.1" },
            new Attempt(Now.AddHours(-2)) { Version = "2.4.1", Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server, DurationMs = 90_000 },
            new Attempt(Now.AddHours(-2)) { Version = "2.4.1", Outcome = SyncOutcome.Cancelled, Error = SyncErrorKind.Cancelled },
            new Attempt(Now.AddHours(-2)) { Version = "2.4.1", Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Offline },
            new Attempt(Now.AddHours(-1)) { Version = "2.4.1", Type = SyncType.Open, Queue = 7 },
            new Attempt(Now.AddHours(-30)) { Version = "2.4.0", Outcome = SyncOutcome.Failure });
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ArticleQuery_SuccessRateByVersion_RunsInPostgresSyntax()
    {
        // Section 7.2: COUNTIF is BigQuery's; the rest stands as printed.
        var rows = await QueryAsync<(string Version, decimal Rate)>("""
            set search_path = synchealth;
            SELECT app_version,
              COUNT(*) FILTER (WHERE success = TRUE) * 100.0 / COUNT(*) AS sync_success_rate
            FROM sync_events
            WHERE timestamp > NOW() - INTERVAL '1 DAY'
            GROUP BY app_version
            ORDER BY app_version
            """);

        Assert.Equal([("2.4.0", 100m), ("2.4.1", 25m)], rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ArticlePanel_SuccessRateOverTime_ReadsSyncMetrics(bool folded)
    {
        if (folded)
            await _stage.FoldAsync();

        // Section 7.3: Grafana replaces $__timeFilter(timestamp) by this BETWEEN.
        var rates = await QueryAsync<decimal>("""
            set search_path = synchealth;
            SELECT sync_success_rate FROM sync_metrics WHERE timestamp BETWEEN NOW() - INTERVAL '1 DAY' AND NOW() ORDER BY timestamp
            """);

        Assert.Equal([100m, 25m], rates);
    }

    [Fact]
    public async Task SyncMetrics_OlderThanTwoDays_AreHoursThatKeepTheirCounts()
    {
        await _stage.CommitAsync(new Attempt(Now.AddDays(-5)), new Attempt(Now.AddDays(-5).AddSeconds(1)) { Outcome = SyncOutcome.Failure });
        await _stage.FoldAsync();
        await _stage.CommitAsync(new Attempt(Now.AddDays(-5).AddSeconds(2)));

        var rows = await QueryAsync<(DateTime At, long Attempts, long Successes)>(
            "select timestamp, attempts, successes from synchealth.sync_metrics where timestamp < now() - interval '3 days'");

        Assert.Equal(3, rows.Sum(row => row.Attempts));
        Assert.Equal(2, rows.Sum(row => row.Successes));
        Assert.All(rows, row => Assert.Equal(0, row.At.Minute));
    }

    [Fact]
    public async Task SyncEvents_EveryColumn_SpeaksTheWireNames()
    {
        var row = Assert.Single(await QueryAsync<string>("""
            select concat_ws('|', app, type, success, duration_ms, conflict_count, queued_items, app_version, os, os_version, network, trigger, environment,
                outcome, error_kind, error_code, device, device_model, tags ->> 'cohort')
            from synchealth.sync_events where outcome = 'partial'
            """));

        Assert.Equal("notes|delta|t|200|2|0|2.4.0|android|14|wifi|foreground|production|partial|0000000000000002|Pixel 8|beta", row);
    }

    [Fact]
    public async Task VitalsFunction_SaysWhatTheReaderSays()
    {
        var points = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromDays(1), TimeSpan.FromHours(1), "app_version"))).Groups.SelectMany(group => group.Points).Where(point => point.Attempts > 0);

        var rows = await QueryAsync<(DateTime, long, double, double, double, double, double)>(
            """
            select at, attempts, success_rate, first_try_rate, p50_ms, p99_ms, conflict_rate
            from synchealth.vitals('notes', @from, @now, '1 hour', '{app_version}', now_at => @now)
            """,
            new { from = Now.AddDays(-1).UtcDateTime, now = Now.UtcDateTime });

        Assert.Equal(
            points.Select(point => (point.At.UtcDateTime, point.Attempts, point.SuccessRate!.Value, point.FirstTryRate!.Value,
                point.DurationMs!.Value.P50, point.DurationMs.Value.P99, point.ConflictRate!.Value)),
            rows);
    }

    [Fact]
    public async Task FleetFunction_SaysWhatTheReaderSays()
    {
        var point = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(1)) with { QueueThreshold = 5 });

        var row = Assert.Single(await QueryAsync<(long Devices, double Mean, int P99, long Over, double P90)>(
            "select devices, queue_mean, queue_p99, devices_over, staleness_p90_seconds from synchealth.fleet('notes', threshold => 5, now_at => @now)",
            new { now = Now.UtcDateTime }));

        Assert.Equal((2, 3.5, 7, 1, point.StalenessSeconds!.P90), row);
        Assert.Equal((point.QueueDepth!.Mean, point.QueueDepth.P99, point.QueueDepth.DevicesOver), (row.Mean, row.P99, (int)row.Over));
    }

    [Fact]
    public async Task Functions_UnknownDimension_RefuseInsteadOfIgnoring()
    {
        foreach (var query in (string[])["synchealth.vitals('notes', now() - interval '1 day', now(), null, '{browser}')", "synchealth.fleet('notes', filters => '{browser:x}')"])
        {
            var exception = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => QueryAsync<object>("select * from " + query));
            Assert.Contains("browser", exception.MessageText, StringComparison.Ordinal);
            Assert.Contains("tag:NAME", exception.Hint, StringComparison.Ordinal);
        }
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<T>(sql, arguments)];
    }
}
