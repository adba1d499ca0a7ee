using SyncHealth.Benchmarks;
using SyncHealth.Testing;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Host.Tests.Commands;

/// <summary>Benchmarks at a size at which they say nothing but that they measure what they should: what is put in is found.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("processes-2k", "one core for each ingest process", "events acknowledged, and as many stored")]
    [InlineData("verdict-10k", "Worse, one device in 1 asked", "verdict, seconds (median)")]
    [InlineData("cause-20k", "20,000 events of 30 days", "cause, two halves of the month")]
    [InlineData("erasure-100k", "110,000 events of 1,001 devices", "erase a user of two devices and elsewhere")]
    [InlineData("device-100k", "110,000 raw events of 30 days", "device page, its whole month")]
    public async Task Run_Small_MeasuresWhatItPutIn(string name, string filled, string measured)
    {
        await using var output = new StringWriter();

        var code = await BenchmarkRunner.RunAsync(name, output, new BenchmarkSetting(PostgresServer.ConnectionString, new BenchmarkProgram(SyncHealthProcess.Program, []), Devices: 1), TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Contains(filled, output.ToString(), StringComparison.Ordinal);
        Assert.Contains(measured, output.ToString(), StringComparison.Ordinal);
    }
}
