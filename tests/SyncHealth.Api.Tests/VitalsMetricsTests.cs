using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Api.Tests;

public sealed class VitalsMetricsTests
{
    [Fact]
    public async Task Write_EveryApp_HasItsVitalSignsInBaseUnits()
    {
        await using var stage = await ApiStage.StartAsync();
        stage.Readers.Point = new VitalsPoint
        {
            At = ApiStage.Now,
            Attempts = 200,
            Devices = 20,
            SuccessRate = 97.5,
            FirstTryRate = 95,
            DurationMs = new DurationPercentiles(420, 1800, 9100),
            ConflictRate = 130,
            ConflictedShare = 25,
            QueueDepth = new QueueDepth(40, 1.5, 14, 3, null),
            StalenessSeconds = new Staleness(640, 5400, 86000, 1),
        };
        var output = new StringBuilder();

        await stage.Services.GetRequiredService<IEnumerable<IMetricsSource>>().Single().WriteAsync(output, TestContext.Current.CancellationToken);

        var asked = stage.Readers.Asked!;
        Assert.Equal((VitalsClock.Arrival, TimeSpan.FromMinutes(15)), (asked.Clock, asked.To - asked.From));
        var lines = output.ToString().Split('\n');
        Assert.Contains("# HELP synchealth_sync_success_ratio Successful share of these attempts, 0 to 1.", lines);
        Assert.Contains("# TYPE synchealth_sync_success_ratio gauge", lines);
        Assert.Contains("synchealth_sync_attempts{app=\"notes\"} 200", lines);
        Assert.Contains("synchealth_sync_success_ratio{app=\"notes\"} 0.975", lines);
        Assert.Contains("synchealth_sync_duration_seconds{app=\"notes\",q=\"0.99\"} 9.1", lines);
        Assert.Contains("synchealth_sync_conflicts_per_attempt{app=\"notes\"} 1.3", lines);
        Assert.Contains("synchealth_queue_deep_devices{app=\"notes\"} 3", lines);
        Assert.Contains("synchealth_staleness_seconds{app=\"notes\",q=\"0.5\"} 640", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("synchealth_queue_oldest_pending_seconds{", StringComparison.Ordinal));
        Assert.EndsWith("\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EveryFamily_IsExplainedBeforeItsSamplesAndEndsInItsUnit()
    {
        await using var stage = await ApiStage.StartAsync();
        var output = new StringBuilder();

        await stage.Services.GetRequiredService<IMetricsSource>().WriteAsync(output, TestContext.Current.CancellationToken);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var families = lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(families.Distinct(), families);
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Contains(line[..line.IndexOf('{', StringComparison.Ordinal)], families));
        Assert.Equal(13, families.Count);
    }
}
