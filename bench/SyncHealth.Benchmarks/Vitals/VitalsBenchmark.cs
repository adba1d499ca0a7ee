using System.Globalization;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Benchmarks.Vitals;

/// <summary>
/// The dashboard's questions over generated events: five over a day against the same question to the raw events, the same against a tenth of the
/// events, and a month by every dimension of the rollups.
/// </summary>
internal sealed class VitalsBenchmark(BenchmarkDatabase database, TextWriter output, int events)
{
    public const int DefaultEvents = 1_000_000;

    private const string App = "bench";
    private const string Tenth = "tenth";
    private const string Month = "month";
    private const int Runs = 30;
    private const int BaselineRuns = 5;

    /// <summary>Runs before the first that counts: a process that answers for weeks has compiled what it runs, and loops get there within about as many.</summary>
    private const int WarmUps = 30;

    /// <summary>Events of a device in the sample.</summary>
    private const int EventsPerDevice = 30;

    /// <summary>What issue 3 allows and what it aims at: milliseconds, times as fast as the raw events, times the cost of a tenth of the events.</summary>
    private static readonly (double Floor, double Aim) DayGoal = (20, 5);
    private static readonly (double Floor, double Aim) MonthGoal = (100, 30);
    private static readonly (double Floor, double Aim) FineGoal = (500, 150);
    private const double RawFloor = 40;
    private static readonly (double Floor, double Aim) TenthGoal = (1.3, 1.1);

    private static readonly TimeSpan Days3 = TimeSpan.FromDays(3);

    /// <summary>Within the raw events, so that their edges are read too.</summary>
    private static readonly TimeSpan Days30 = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(90);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The questions as one would write them without SyncHealth, in their order.</summary>
    private static readonly string[] RawSql = ["SuccessByVersion", "DurationByNetwork", "ConflictTrend", "QueueShare", "Staleness"];

    /// <summary>What the first three questions ask for, and everything at once, which none of them does.</summary>
    private static readonly (VitalsCounts Counts, string Name)[] Asked =
        [(VitalsCounts.Tallies, "success"), (VitalsCounts.Durations, "percentiles"), (VitalsCounts.Conflicts, "conflicts"), (VitalsCounts.All, "everything")];

    private readonly DateTimeOffset _now = database.FilledAt ?? TimeProvider.System.GetUtcNow();
    private readonly VitalsReader _reader = new(database.DataSource);
    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await SampleData.FillAsync(database, new SampleFleet(seed: 7, App, _now, Days3, events, events / EventsPerDevice), progress: output, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{events:N0} events of 3 days written and folded in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Runs} runs a question, {BaselineRuns} of its baseline"));
        await output.WriteLineAsync("  24 hours: p50 in ms, and how many times as fast as the same question to the raw events in SQL");
        foreach (var ((name, ask), sql) in Questions(App).Zip(RawSql))
        {
            var (ours, raw) = await MeasureAsync(name, ask, RawOf(sql), cancellationToken);
            await _report.CostAsync(name, ours, "N1", DayGoal.Floor, DayGoal.Aim);
            await _report.RatioAsync("  times as fast as raw", [raw / ours], RawFloor, RawFloor);
        }

        await SampleData.FillAsync(database, new SampleFleet(seed: 8, Tenth, _now, Days3, events / 10, events / EventsPerDevice), progress: output, cancellationToken);
        await output.WriteLineAsync("  the same: cost of ten times the events");
        foreach (var ((name, ask), (_, tenth)) in Questions(App).Zip(Questions(Tenth)))
        {
            var (ours, theirs) = await MeasureAsync(name, ask, tenth, cancellationToken);
            await _report.CostAsync(name, ours / theirs, "N2", TenthGoal.Floor, TenthGoal.Aim);
        }

        await RunMonthAsync(cancellationToken);
    }

    /// <summary>The month alone, of which nothing else is measured: the data may be kept.</summary>
    public async Task RunMonthAsync(CancellationToken cancellationToken)
    {
        if (database.FilledAt is null)
        {
            await SampleData.FillAsync(database, new SampleFleet(seed: 9, Month, _now, Days30, events, events / EventsPerDevice), progress: output, cancellationToken);
            await database.MarkFilledAsync(_now, cancellationToken);
        }

        await MonthAsync("core", ["app_version", "os", "network"], MonthGoal, cancellationToken);
        await MonthAsync("fine", ["os_version", "type", "trigger"], FineGoal, cancellationToken);
    }

    private async Task MonthAsync(string grain, string[] dimensions, (double Floor, double Aim) goal, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"  30 days by {grain} dimensions: p50 in ms");
        foreach (var dimension in dimensions)
            foreach (var (step, stepName) in new[] { (Day, "day"), (Hour, "hour") })
            {
                foreach (var (counts, asked) in Asked)
                {
                    var name = $"{dimension} by {stepName}: {asked}";
                    var (ours, _) = await MeasureAsync(
                        name, token => ReadAsync(Month, Days30, [dimension], VitalsParts.None, step, counts, token), baseline: null, cancellationToken);
                    await _report.CostAsync(name, ours, "N1", goal.Floor, goal.Aim);
                }
            }
    }

    private IEnumerable<(string Name, Func<CancellationToken, Task<int>> Ask)> Questions(string app) =>
    [
        ("a success rate by version and hour, 24 h", token => ReadAsync(app, Day, ["app_version"], VitalsParts.None, Hour, VitalsCounts.Tallies, token)),
        ("b p50/p90/p99 by network and hour, 24 h", token => ReadAsync(app, Day, ["network"], VitalsParts.None, Hour, VitalsCounts.Durations, token)),
        ("c conflicts by strategy and hour, 24 h", token => ReadAsync(app, Day, [], VitalsParts.None, Hour, VitalsCounts.Conflicts, token)),
        ("d share of devices over 1,000 queued, now", token => ReadAsync(app, Day, [], VitalsParts.Fleet, null, VitalsCounts.Tallies, token)),
        ("e staleness distribution, now", token => ReadStalenessAsync(app, token)),
    ];

    private Func<CancellationToken, Task<int>> RawOf(string name)
    {
        var sql = BenchmarkSql.Beside<VitalsBenchmark>(name);
        return token => AskRawAsync(sql, token);
    }

    private async Task<int> ReadAsync(string app, TimeSpan back, string[] by, VitalsParts parts, TimeSpan? step, VitalsCounts counts, CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadAsync(Query(app, back, by, parts, step) with { Counts = counts }, cancellationToken);
        return answer!.Groups.Sum(group => group.Points.Count);
    }

    private async Task<int> ReadStalenessAsync(string app, CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadDistributionAsync(DistributionMetric.Staleness, Query(app, Day, [], VitalsParts.Fleet, null), cancellationToken);
        return answer!.Groups.Sum(group => group.Buckets.Count);
    }

    private VitalsQuery Query(string app, TimeSpan back, string[] by, VitalsParts parts, TimeSpan? step) =>
        new() { App = app, From = _now - back, To = _now, Now = _now, Step = step, By = by, Parts = parts };

    /// <summary>Medians in milliseconds of a question and, interleaved with it, of what it is held against.</summary>
    private static async Task<(double Ours, double Theirs)> MeasureAsync(
        string name, Func<CancellationToken, Task<int>> ask, Func<CancellationToken, Task<int>>? baseline, CancellationToken cancellationToken)
    {
        if (baseline is not null)
            await baseline(cancellationToken);
        for (var run = 0; run < WarmUps; run++)
            if (await ask(cancellationToken) == 0)
                throw new InvalidOperationException($"'{name}' was answered with nothing.");

        var ours = new List<double>();
        var theirs = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await TimeAsync(() => ask(cancellationToken)));
            if (baseline is not null && run % (Runs / BaselineRuns) == 0)
                theirs.Add(await TimeAsync(() => baseline(cancellationToken)));
        }

        return (Ranks.Median(ours), theirs.Count == 0 ? double.NaN : Ranks.Median(theirs));
    }

    private async Task<int> AskRawAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.AddWithValue("from", (sql.Contains("device_key", StringComparison.Ordinal) ? _now.AddDays(-7) : _now.AddDays(-1)).UtcDateTime);
        command.Parameters.AddWithValue("to", _now.UtcDateTime);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        while (await rows.ReadAsync(cancellationToken))
            count++;
        return count;
    }

    private static async Task<double> TimeAsync(Func<Task<int>> ask)
    {
        var start = TimeProvider.System.GetTimestamp();
        await ask();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
