using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Benchmarks.Chromium;
using SyncHealth.Dashboard;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>What many viewers of one page cost: the database against one viewer, the server in memory for each that only looks.</summary>
internal sealed class ViewerBenchmark(DashboardServer server, DevTools tools, BenchmarkDatabase database, PageScale scale, BenchmarkReport report, TextWriter output)
{
    /// <summary>What issue 4 allows: times the load of one viewer, and MiB for a viewer.</summary>
    private const double LoadLimit = 2;
    private const double MemoryLimit = 2;

    private const double BytesPerMiB = 1024 * 1024;

    private readonly TimeSpan _poll = server.Services.GetRequiredService<DashboardOptions>().PollInterval;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {scale.Viewers} viewers of the overview, {scale.Polls} turns of its poller"));
        var tabs = new List<BrowserTab>();
        try
        {
            await OpenAsync(tabs, 1, cancellationToken);
            var one = await WatchAsync(cancellationToken);
            var before = Memory();
            await OpenAsync(tabs, scale.Viewers, cancellationToken);
            var many = await WatchAsync(cancellationToken);
            var after = Memory();
            await ReportAsync(one, many, (after.Heap - before.Heap) / (scale.Viewers - 1), (after.Resident - before.Resident) / (scale.Viewers - 1));
        }
        finally
        {
            foreach (var tab in tabs)
                await tab.DisposeAsync();
        }
    }

    private async Task ReportAsync((double Queries, double? Seconds) one, (double Queries, double? Seconds) many, double heap, double resident)
    {
        await report.LimitAsync(
            "queries / those of one viewer", many.Queries / one.Queries, "N2", LoadLimit, string.Create(CultureInfo.InvariantCulture, $"{many.Queries:N0} against {one.Queries:N0}"));
        if (many.Seconds is { } seconds && one.Seconds is > 0 and var alone)
            await report.LimitAsync(
                "database processor time / that of one viewer", seconds / alone, "N2", LoadLimit, string.Create(CultureInfo.InvariantCulture, $"{seconds:N2} s against {alone:N2} s"));
        else
            await output.WriteLineAsync("  database processor time cannot be seen here: its processes are on another machine, or there is no /proc");
        await report.LimitAsync("server memory of an idle viewer, MiB", heap, "N2", MemoryLimit, "heap after a full collection");
        await report.FigureAsync("the same as resident memory, MiB", [resident], "N2");
    }

    private async Task OpenAsync(List<BrowserTab> tabs, int count, CancellationToken cancellationToken)
    {
        while (tabs.Count < count)
        {
            var tab = await BrowserTab.OpenAsync(tools, PageScripts.Watch, cancellationToken);
            tabs.Add(tab);
            await tab.GoToAsync(new Uri(server.Address, $"?app={FleetData.App}"), cancellationToken);
            await tab.EvaluateAsync<PageLoad>(PageScripts.Loaded, cancellationToken);
        }
    }

    /// <summary>What the database does in some turns of the poller; none of it is the benchmark's own.</summary>
    private async Task<(double Queries, double? Seconds)> WatchAsync(CancellationToken cancellationToken)
    {
        // What opening has started is over by the next turn.
        await Task.Delay(_poll, TimeProvider.System, cancellationToken);
        var start = await SessionTimes.ReadAsync(database.DataSource, cancellationToken);
        using var queries = new QueryCounter();
        await Task.Delay(scale.Polls * _poll, TimeProvider.System, cancellationToken);
        var count = queries.Count;
        var end = await SessionTimes.ReadAsync(database.DataSource, cancellationToken);
        return (count, end.Since(start)?.TotalSeconds);
    }

    private static (double Heap, double Resident) Memory()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return (GC.GetTotalMemory(forceFullCollection: true) / BytesPerMiB, Environment.WorkingSet / BytesPerMiB);
    }
}
