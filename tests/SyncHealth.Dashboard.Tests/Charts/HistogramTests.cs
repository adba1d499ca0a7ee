using SyncHealth.Dashboard.Charts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class HistogramTests
{
    [Fact]
    public void Durations_EveryBucketOfStorage_IsCountedOnceInTheBarThatHoldsIt()
    {
        var spec = Histogram.Durations([new(0, 10, 1), new(500, 700, 2), new(700, 1000, 4), new(45_000, 60_000, 8), new(60_000, 90_000, 16), new(21_600_000, null, 32)]).Spec;

        var bars = spec.Categories.Zip(spec.Series[0].Values).Where(bar => bar.Second > 0).ToDictionary(bar => bar.First, bar => bar.Second);
        Assert.Equal(new Dictionary<string, double?> { ["below 100 ms"] = 1, ["0.5–1 s"] = 6, ["20–60 s"] = 8, ["1–5 min"] = 16, ["over 5 min"] = 32 }, bars);
        Assert.Equal(spec.Categories.Count, spec.Ticks.Count);
    }

    [Fact]
    public void Staleness_Groups_AreAddedUp()
    {
        var group = new DistributionGroup(new Dictionary<string, string>(), [new(300, 600, 3)]);

        var chart = Histogram.Staleness([group, group], gone: 2);

        Assert.Equal(6, chart.Spec.Series[0].Values[1]);
        Assert.Contains("2 more are gone", chart.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Durations_Nothing_IsEmptyWithAReason()
    {
        var chart = Histogram.Durations([]);

        Assert.True(chart.Spec.IsEmpty);
        Assert.Contains("No sync attempts", chart.Description, StringComparison.Ordinal);
    }
}
