using SyncHealth.Benchmarks;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests;

/// <summary>The benchmark of the pages goes from its first statement to its last, over a fleet that is hardly one. What it measures here says nothing.</summary>
public sealed class DashboardBenchmarkTests
{
    [Fact]
    public async Task Bench_SmallestFleet_ReportsEveryLine()
    {
        await using var output = new StringWriter();

        var exit = await BenchmarkRunner.RunAsync(
            "dashboard", output, PostgresServer.ConnectionString, new BenchmarkProgram("unused", []), BenchmarkRunner.LeastDevices, TestContext.Current.CancellationToken);

        var report = output.ToString();
        Assert.Equal(0, exit);
        string[] lines =
        [
            "overview, 1 hour", "explore, 30 days by version", "releases", "devices, by queue", "one device", "conflicts", "alerts", "data health", "setup", "first run",
            "first contentful paint", "interactive", "page weight", "a click on Explore", "queries / those of one viewer", "server memory of an idle viewer",
        ];
        Assert.All(lines, line => Assert.Contains(line, report, StringComparison.Ordinal));
    }
}
