using System.Globalization;
using SyncHealth.Benchmarks.Chromium;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>
/// The pages over thirty days of a fleet: what each asks the database, how soon a real browser has them, what many viewers cost the database and the server, and
/// what comes over the wire.
/// </summary>
internal sealed class DashboardBenchmark(BenchmarkDatabase database, BenchmarkSetting setting, TextWriter output)
{
    /// <summary>What issue 4 allows for a page's data, in milliseconds.</summary>
    private const double DataLimit = 150;

    private const double TailQuantile = 0.95;

    /// <summary>A page that misses its floor by far is measured by fewer runs: the whole must end in minutes.</summary>
    private static readonly TimeSpan PageBudget = TimeSpan.FromSeconds(10);

    private readonly PageScale _scale = PageScale.Of(setting.Devices);
    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before the minutes of filling, not after.
        var browser = ChromiumProcess.Find();
        var now = database.FilledAt ?? await FillAsync(cancellationToken);
        await using var server = await DashboardServer.StartAsync(database, now, cancellationToken);
        await MeasureDataAsync(server, cancellationToken);
        await using var chromium = await ChromiumProcess.StartAsync(browser, cancellationToken);
        await new BrowserBenchmark(server, chromium.Tools, _scale, _report, output).RunAsync(cancellationToken);
        await new ViewerBenchmark(server, chromium.Tools, database, _scale, _report, output).RunAsync(cancellationToken);
    }

    private async Task<DateTimeOffset> FillAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        await new FleetData(database, setting.Devices, now).FillAsync(output, cancellationToken);
        await database.MarkFilledAsync(now, cancellationToken);
        return now;
    }

    private async Task MeasureDataAsync(DashboardServer server, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"  data of each page through its own reader, {_scale.Runs} runs, fewer where they take longer than {PageBudget.TotalSeconds:N0} s: p95 in ms");
        using var queries = new QueryCounter();
        var pages = new PageQuestions(server.Services, FleetData.App, FleetData.SampleDevice).All;
        // The first pages would be measured while the process compiles what all of them run, and compiles it better once it has run often.
        for (var run = 0; run < _scale.WarmRuns; run++)
            foreach (var (_, ask) in pages)
                await ask(cancellationToken);
        foreach (var (name, ask) in pages)
        {
            var before = await SessionTimes.ReadAsync(database.DataSource, cancellationToken);
            var queriesBefore = queries.Count;
            var ownBefore = Environment.CpuUsage.TotalTime;
            var times = new List<double>();
            var start = TimeProvider.System.GetTimestamp();
            while (times.Count < _scale.Runs && (times.Count < _scale.LeastRuns || TimeProvider.System.GetElapsedTime(start) < PageBudget))
                times.Add(await TimeAsync(ask, cancellationToken));
            var asked = (queries.Count - queriesBefore) / times.Count;
            var own = (Environment.CpuUsage.TotalTime - ownBefore) / times.Count;
            var work = (await SessionTimes.ReadAsync(database.DataSource, cancellationToken)).Since(before);
            await _report.LimitAsync(
                name, Ranks.Percentile(times, TailQuantile), "N1", DataLimit,
                string.Create(CultureInfo.InvariantCulture, $"p50 {Ranks.Median(times):N1}, {asked} queries, {work?.TotalMilliseconds / times.Count:N1} ms of the database's processors and {own.TotalMilliseconds:N1} of the server's, {times.Count} runs"));
        }
    }

    private static async Task<double> TimeAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await ask(cancellationToken);
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
