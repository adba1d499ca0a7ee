using Dapper;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Names;

/// <summary>C5: an app that invents names costs a bounded number of rows, loses none of its own counts, and is not noticed by the app beside it.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const string Quiet = "quiet";
    private const int QuietWorkers = 2;
    private const int QuietBatch = 50;

    /// <summary>How much longer the quiet app's answers may take at their 95th percentile.</summary>
    private const double MaxSlowdown = 1.2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private TestDatabase _flooded = null!;
    private TestDatabase _calm = null!;

    private VitalsQuery Question => new() { App = Quiet, From = _now.AddHours(-2), To = _now.AddMinutes(1), Now = _now.AddMinutes(1), By = ["app_version"] };

    public async ValueTask InitializeAsync()
    {
        _flooded = await TestDatabase.CreateAsync();
        _calm = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_flooded.DataSource);
        await IngestStage.CreateKeyAsync(_calm.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await _flooded.DisposeAsync();
        await _calm.DisposeAsync();
    }

    [Fact]
    public async Task Post_OnlyNewNames_RowsAreBoundedTotalsExactAndNobodyElseNotices()
    {
        var goal = new Goal("C5");
        var batches = FaultScale.Of(test: 40, faults: 10_000, deep: 50_000);
        var events = (long)batches * Flood.BatchSize;

        var ledger = await SendBesideAsync(batches);
        await SendAloneAsync(ledger.Issued);

        await AssertBoundedAsync();
        Assert.Equal((events, events, events, events), await TotalsAsync());
        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _flooded.DataSource));
        Assert.Equal(["1.0", "1.1", "1.2"], (await AskAsync(_flooded)).Groups.Select(group => group.By["app_version"]));
        var (beside, alone) = await TimeAsync();
        goal.Reached($"{events} events, each with a version, system, error code and conflict entity of its own, {batches} models and tag sets: rows bounded, totals exact; the app beside it lost none of {ledger.Issued}, its answers take {beside.TotalMilliseconds:0.0} ms at p95, {alone.TotalMilliseconds:0.0} ms without the flood");
        if (FaultScale.HoldsFigures)
            Assert.InRange(beside, TimeSpan.Zero, MaxSlowdown * alone);
    }

    /// <summary>The flood, and the quiet app's traffic while it lasts.</summary>
    private async Task<Ledger> SendBesideAsync(int batches)
    {
        var ledger = new Ledger(Quiet, _now);
        await using var stage = await IngestStage.StartAsync(_flooded.ConnectionString);
        var sender = new OracleSender(stage.Http, IngestStage.Key, ledger);
        using var stop = new CancellationTokenSource();
        var quiet = sender.RunAsync(QuietWorkers, QuietBatch, stop.Token);
        await Flood.SendAsync(stage.Http, batches, _now);
        await ledger.WhenAcknowledgedAsync(QuietBatch).WaitAsync(Patience);
        await stop.CancelAsync();
        await quiet;
        await sender.DrainAsync(Patience);
        return ledger;
    }

    /// <summary>The same events of the quiet app where no flood is.</summary>
    private async Task SendAloneAsync(long events)
    {
        await using var stage = await IngestStage.StartAsync(_calm.ConnectionString);
        var sender = new OracleSender(stage.Http, IngestStage.Key, new Ledger(Quiet, _now));
        for (var sent = 0L; sent < events; sent += QuietBatch)
            await sender.SendNewAsync(QuietBatch, CancellationToken.None);
        await sender.DrainAsync(Patience);
    }

    private async Task AssertBoundedAsync()
    {
        await using var connection = await _flooded.DataSource.OpenConnectionAsync();
        var names = (await connection.QueryAsync<(string Dimension, long Names)>("""
            select case when dimension like 'tag:%' then 'tag:' else dimension end, max(names)
            from (select dimension, count(*) as names from synchealth.known_name join synchealth.app using (app_id) where app.name = @App group by dimension) x
            group by 1
            """, new { Flood.App })).ToDictionary(row => row.Dimension, row => row.Names);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["environment"] = 1,
                ["os"] = 1,
                ["app_version"] = CardinalityLimits.MaxVersions,
                ["os_version"] = CardinalityLimits.MaxSystemVersions,
                ["device_model"] = Math.Min(CardinalityLimits.MaxDeviceModels, names["device_model"]),
                ["tag"] = Math.Min(CardinalityLimits.MaxTagKeys, names["tag"]),
                ["tag:"] = Math.Min(CardinalityLimits.MaxTagValues, names["tag:"]),
                ["error_code"] = CardinalityLimits.MaxErrorCodes,
                ["conflict_entity"] = CardinalityLimits.MaxConflictEntities,
            }.OrderBy(pair => pair.Key),
            names.OrderBy(pair => pair.Key));
        Assert.InRange(await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.core_segment join synchealth.app using (app_id) where name = @App", new { Flood.App }), 1, CardinalityLimits.MaxVersions + 1);
        Assert.InRange(await connection.ExecuteScalarAsync<long>("select count(*) from synchealth.app_profile join synchealth.app using (app_id) where name = @App", new { Flood.App }), 1, CardinalityLimits.MaxProfiles + 1);
    }

    /// <summary>The flood's attempts in all, by version, by error and by conflict.</summary>
    private async Task<(long All, long ByVersion, long ByError, long ByConflict)> TotalsAsync()
    {
        await using var connection = await _flooded.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long, long, long)>("""
            select (select sum(attempts) from synchealth.vitals(@App, @from, @to, now_at => @to))::bigint,
                (select sum(attempts) from synchealth.vitals(@App, @from, @to, null, '{app_version}', now_at => @to))::bigint,
                (select sum(attempts) from synchealth.errors(@App, @from, @to, now_at => @to))::bigint,
                (select sum(conflicts) from synchealth.conflicts(@App, @from, @to, now_at => @to))::bigint
            """, new { Flood.App, from = _now.AddHours(-2).UtcDateTime, to = _now.AddMinutes(1).UtcDateTime }, commandTimeout: 0);
    }

    /// <summary>The quiet app's questions, asked in turn with and without the flood beside it, so that whatever else the machine does meets both.</summary>
    private async Task<(TimeSpan Beside, TimeSpan Alone)> TimeAsync()
    {
        var questions = FaultScale.Of(test: 20, faults: 200, deep: 1_000);
        var (beside, alone) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var question = 0; question < questions; question++)
            foreach (var (database, times) in new[] { (_flooded, beside), (_calm, alone) })
            {
                var start = TimeProvider.System.GetTimestamp();
                await AskAllAsync(database);
                times.Add(TimeProvider.System.GetElapsedTime(start));
            }

        return (P95(beside), P95(alone));
    }

    private async Task<VitalsAnswer> AskAsync(TestDatabase database) => (await new VitalsReader(database.DataSource).ReadAsync(Question, CancellationToken.None))!;

    /// <summary>Vital signs, errors and conflicts.</summary>
    private async Task AskAllAsync(TestDatabase database)
    {
        var breakdown = new BreakdownReader(database.DataSource);
        Assert.NotNull(await AskAsync(database));
        Assert.NotNull(await breakdown.ReadErrorsAsync(Question, CancellationToken.None));
        Assert.NotNull(await breakdown.ReadConflictsAsync(Question, CancellationToken.None));
    }

    private static TimeSpan P95(List<TimeSpan> times) => times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1);
}
