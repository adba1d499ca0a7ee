using System.Globalization;
using SyncHealth.Benchmarks.Chromium;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>How soon a browser that has never been here has the overview, what it fetched for it, and how soon a click on Explore shows its numbers.</summary>
internal sealed class BrowserBenchmark(DashboardServer server, DevTools tools, PageScale scale, BenchmarkReport report, TextWriter output)
{
    /// <summary>What issue 4 allows, in milliseconds and KiB.</summary>
    private const double PaintLimit = 500;
    private const double InteractiveLimit = 1_500;
    private const double ClickLimit = 300;
    private const double WeightLimit = 900;

    private const double BytesPerKiB = 1024;
    private const double TailQuantile = 0.95;

    private static readonly string[] Explored = ["app_version", "network", "os"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"  the overview in Chromium over loopback, cold cache, {scale.Loads} loads: median in ms");
        // The server compiles what it runs for the first time.
        await LoadAsync(cancellationToken);
        var loads = new List<(PageLoad Load, double Bytes)>();
        for (var i = 0; i < scale.Loads; i++)
            loads.Add(await LoadAsync(cancellationToken));
        await LimitAsync("first contentful paint", loads.Select(pair => pair.Load.Paint), PaintLimit);
        await LimitAsync("interactive", loads.Select(pair => pair.Load.Interactive), InteractiveLimit);
        await report.FigureAsync("its numbers are there", [Ranks.Median(loads.Select(pair => pair.Load.Answered))], "N1");
        await report.FigureAsync("every chart is drawn", [Ranks.Median(loads.Select(pair => pair.Load.Drawn))], "N1");
        await report.LimitAsync("page weight, KiB as transferred", loads.Max(pair => pair.Bytes) / BytesPerKiB, "N1", WeightLimit, "the heaviest load");
        await LimitAsync("a click on Explore until its numbers stand", await ClicksAsync(cancellationToken), ClickLimit);
    }

    private async Task<(PageLoad Load, double Bytes)> LoadAsync(CancellationToken cancellationToken)
    {
        await using var tab = await BrowserTab.OpenColdAsync(tools, PageScripts.Watch, cancellationToken);
        await tab.GoToAsync(new Uri(server.Address, $"?app={FleetData.App}"), cancellationToken);
        return (await tab.EvaluateAsync<PageLoad>(PageScripts.Loaded, cancellationToken), tab.ReceivedBytes);
    }

    /// <summary>Each click is a question that nobody asked before: no poller has its answer.</summary>
    private async Task<List<double>> ClicksAsync(CancellationToken cancellationToken)
    {
        var clicks = new List<double>();
        await using var tab = await BrowserTab.OpenAsync(tools, PageScripts.Watch, cancellationToken);
        foreach (var by in Explored)
        {
            await tab.GoToAsync(new Uri(server.Address, $"explore?app={FleetData.App}&range=6h&by={by}"), cancellationToken);
            await tab.EvaluateAsync<PageLoad>(PageScripts.Loaded, cancellationToken);
            var rows = await tab.EvaluateAsync<int>("document.querySelectorAll('#breakdown tbody th a').length", cancellationToken);
            for (var row = 0; row < Math.Min(rows, scale.Loads); row++)
                clicks.Add(await tab.EvaluateAsync<double>(PageScripts.DrillDown(row), cancellationToken));
        }

        return clicks;
    }

    private Task LimitAsync(string name, IEnumerable<double> times, double limit)
    {
        var all = times.ToArray();
        return report.LimitAsync(name, Ranks.Median(all), "N1", limit, string.Create(CultureInfo.InvariantCulture, $"p95 {Ranks.Percentile(all, TailQuantile):N1} of {all.Length}"));
    }
}
