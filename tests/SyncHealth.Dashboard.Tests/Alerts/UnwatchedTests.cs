using SyncHealth.Dashboard.Alerts;

namespace SyncHealth.Dashboard.Tests.Alerts;

/// <summary>Reliability D10: an evaluator that is gone or behind is shown within two minutes, with the time that a page takes to ask again.</summary>
public sealed class UnwatchedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null)]
    [InlineData(100, null)]
    [InlineData(101, 101)]
    [InlineData(86_400, 86_400)]
    public void Since_RoundSoLongAgo_IsSaidAfterAHundredSeconds(int seconds, int? shown) =>
        Assert.Equal(shown, (int?)Unwatched.Since(Noon.AddSeconds(-seconds), Noon)?.TotalSeconds);

    [Fact]
    public void Since_BeforeTheFirstRound_IsNothing() => Assert.Null(Unwatched.Since(null, Noon));
}
