using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Tests.Devices;

/// <summary>Feature N20: a promise of freshness with what is left of its error budget.</summary>
public sealed class FreshnessFiguresTests
{
    /// <summary>Of 1,000 device-hours fifty may be stale at 95 %.</summary>
    [Theory]
    [InlineData(0, "100% left", Band.Good)]
    [InlineData(37, "26% left", Band.Good)]
    [InlineData(38, "24% left", Band.NeedsAttention)]
    [InlineData(50, "0% left", Band.NeedsAttention)]
    [InlineData(51, "overspent", Band.Poor)]
    public void Of_SomeOfTheBudgetSpent_SaysWhatIsLeft(long stale, string left, Band band)
    {
        var figure = FreshnessFigures.Of(Promise(fresh: 97, hours: 10, stale)).Single(figure => figure.Id == "freshness-budget");

        Assert.Equal((left, band), (Plain(figure.Value), figure.Band));
    }

    [Theory]
    [InlineData(95, "95%", "1×", Band.Good)]
    [InlineData(94, "94%", "1.2×", Band.NeedsAttention)]
    public void Of_Now_IsHeldAgainstTheObjective(long fresh, string now, string burn, Band band)
    {
        var figures = FreshnessFigures.Of(Promise(fresh, hours: 10, stale: 0)).ToDictionary(figure => figure.Id);

        Assert.Equal((now, band), (Plain(figures["freshness-now"].Value), figures["freshness-now"].Band));
        Assert.Equal((burn, band), (figures["freshness-burn"].Value, figures["freshness-burn"].Band));
    }

    [Fact]
    public void Of_NoHourKnown_SaysThePresentAlone() =>
        Assert.Equal(["freshness-now"], FreshnessFigures.Of(Promise(fresh: 100, hours: 0, stale: 0)).Select(figure => figure.Id));

    [Fact]
    public void Of_NoDevices_IsNothing() => Assert.Empty(FreshnessFigures.Of(Promise(fresh: 0, hours: 0, stale: 0) with { Devices = 0 }));

    private static string Plain(string text) => text.Replace("\u202F", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);

    private static FreshnessBudget Promise(long fresh, int hours, long stale) => new(new Dictionary<string, string>(), 95, 100, fresh, hours, 100 * hours, stale);
}
