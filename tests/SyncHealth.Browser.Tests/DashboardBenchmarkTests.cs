using System.Globalization;
using Npgsql;
using SyncHealth.Benchmarks;
using SyncHealth.Testing;

namespace SyncHealth.Browser.Tests;

/// <summary>The benchmark of the pages goes from its first statement to its last, over a fleet that is hardly one. What it measures here says nothing. Two minutes, so with the long suites.</summary>
[Trait("Suite", "Faults")]
public sealed class DashboardBenchmarkTests
{
    private const string Filled = "made in";

    [Fact]
    public async Task Bench_SmallestFleetKept_ReportsEveryLineAndIsFilledOnce()
    {
        await DropKeptAsync();
        try
        {
            var first = await RunAsync();
            var second = await RunAsync();

            string[] lines =
            [
                "overview, 1 hour", "explore, 30 days by version", "releases", "devices, by queue", "one device", "conflicts", "alerts", "data health", "setup", "first run",
                "first contentful paint", "interactive", "page weight", "a click on Explore", "queries / those of one viewer", "server memory of an idle viewer",
            ];
            Assert.All(lines, line => Assert.Contains(line, first, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.Contains(line, second, StringComparison.Ordinal));
            Assert.Contains(Filled, first, StringComparison.Ordinal);
            Assert.DoesNotContain(Filled, second, StringComparison.Ordinal);
        }
        finally
        {
            await DropKeptAsync();
        }
    }

    private static async Task<string> RunAsync()
    {
        await using var output = new StringWriter();
        var setting = new BenchmarkSetting(PostgresServer.ConnectionString, new BenchmarkProgram("unused", []), BenchmarkRunner.LeastDevices) { Keep = true };
        Assert.Equal(0, await BenchmarkRunner.RunAsync("dashboard", output, setting, TestContext.Current.CancellationToken));
        return output.ToString();
    }

    private static async Task DropKeptAsync()
    {
        await using var server = NpgsqlDataSource.Create(PostgresServer.ConnectionString);
        await using var drop = server.CreateCommand(string.Create(
            CultureInfo.InvariantCulture, $"drop database if exists synchealth_bench_dashboard_{BenchmarkRunner.LeastDevices} with (force)"));
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
