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

    /// <summary>Events of a device in the sample.</summary>
    private const int EventsPerDevice = 30;

    /// <summary>Floors of issue 3, milliseconds.</summary>
    private const double DayFloor = 20;
    private const double MonthFloor = 100;
    private const double FineFloor = 500;

    private static readonly TimeSpan Days3 = TimeSpan.FromDays(3);

    /// <summary>Within the raw events, so that their edges are read too.</summary>
    private static readonly TimeSpan Days30 = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(90);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The questions as one would write them without SyncHealth, in their order.</summary>
    private static readonly string[] RawSql = ["SuccessByVersion", "DurationByNetwork", "ConflictTrend", "QueueShare", "Staleness"];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly VitalsReader _reader = new(database.DataSource);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await SampleData.FillAsync(database, new SampleFleet(seed: 7, App, _now, Days3, events, events / EventsPerDevice), cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{events:N0} events of 3 days written and folded in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Runs} runs a question, {BaselineRuns} of its baseline"));
        await TableAsync("against the raw events", Questions(App).Zip(RawSql, (ours, sql) => new Question(ours.Name, ours.Ask, RawOf(sql), DayFloor)), cancellationToken);

        await SampleData.FillAsync(database, new SampleFleet(seed: 8, Tenth, _now, Days3, events / 10, events / EventsPerDevice), cancellationToken);
        await TableAsync("against a tenth of the events", Questions(App).Zip(Questions(Tenth), (ours, tenth) => new Question(ours.Name, ours.Ask, tenth.Ask, DayFloor)), cancellationToken);

        await SampleData.FillAsync(database, new SampleFleet(seed: 9, Month, _now, Days30, events, events / EventsPerDevice), cancellationToken);
        await TableAsync("30 days by core dimensions", MonthQuestions(["app_version", "os", "network"], MonthFloor), cancellationToken);
        await TableAsync("30 days by fine dimensions", MonthQuestions(["os_version", "type", "trigger"], FineFloor), cancellationToken);
    }

    private IEnumerable<(string Name, Func<CancellationToken, Task<int>> Ask)> Questions(string app) =>
    [
        ("a success rate by version and hour, 24 h", token => ReadAsync(app, Day, ["app_version"], VitalsParts.None, Hour, token)),
        ("b p50/p90/p99 by network and hour, 24 h", token => ReadAsync(app, Day, ["network"], VitalsParts.None, Hour, token)),
        ("c conflicts by strategy and hour, 24 h", token => ReadAsync(app, Day, [], VitalsParts.None, Hour, token)),
        ("d share of devices over 1,000 queued, now", token => ReadAsync(app, Day, [], VitalsParts.Fleet, null, token)),
        ("e staleness distribution, now", token => ReadStalenessAsync(app, token)),
    ];

    private IEnumerable<Question> MonthQuestions(string[] dimensions, double floor) =>
        from dimension in dimensions
        from step in new[] { Day, Hour }
        select new Question(
            $"{dimension} by {(step == Day ? "day" : "hour")}", token => ReadAsync(Month, Days30, [dimension], VitalsParts.None, step, token), null, floor);

    private Func<CancellationToken, Task<int>> RawOf(string name)
    {
        var sql = BenchmarkSql.Beside<VitalsBenchmark>(name);
        return token => AskRawAsync(sql, token);
    }

    private async Task<int> ReadAsync(string app, TimeSpan back, string[] by, VitalsParts parts, TimeSpan? step, CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadAsync(Query(app, back, by, parts, step), cancellationToken);
        return answer!.Groups.Sum(group => group.Points.Count);
    }

    private async Task<int> ReadStalenessAsync(string app, CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadDistributionAsync(DistributionMetric.Staleness, Query(app, Day, [], VitalsParts.Fleet, null), cancellationToken);
        return answer!.Groups.Sum(group => group.Buckets.Count);
    }

    private VitalsQuery Query(string app, TimeSpan back, string[] by, VitalsParts parts, TimeSpan? step) =>
        new() { App = app, From = _now - back, To = _now, Now = _now, Step = step, By = by, Parts = parts };

    private async Task TableAsync(string title, IEnumerable<Question> questions, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"  {title,-44} {"p50 ms",8} {"p99 ms",8} {"floor",7} {"baseline",9} {"its times",10}");
        foreach (var question in questions)
            await MeasureAsync(question, cancellationToken);
    }

    private async Task MeasureAsync(Question question, CancellationToken cancellationToken)
    {
        if (question.Baseline is { } warm)
            await warm(cancellationToken);
        if (await question.Ask(cancellationToken) == 0)
            throw new InvalidOperationException($"'{question.Name}' was answered with nothing.");

        var ours = new List<double>();
        var theirs = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await TimeAsync(() => question.Ask(cancellationToken)));
            if (question.Baseline is { } baseline && run % (Runs / BaselineRuns) == 0)
                theirs.Add(await TimeAsync(() => baseline(cancellationToken)));
        }

        var line = string.Create(
            CultureInfo.InvariantCulture, $"  {question.Name,-44} {Ranks.Median(ours),8:N1} {Ranks.Percentile(ours, 0.99),8:N1} {question.Floor,7:N0}");
        await output.WriteLineAsync(theirs.Count == 0
            ? line
            : line + string.Create(CultureInfo.InvariantCulture, $" {Ranks.Median(theirs),9:N1} {Ranks.Median(theirs) / Ranks.Median(ours),10:N2}"));
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
