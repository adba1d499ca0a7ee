using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Rules;
using Xunit;

namespace SyncHealth.Alerting.Tests.Rules;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604_800)]
    [InlineData("1d2h3m4s", 93_784)]
    public void TryParse_Duration_IsRead(string text, int seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("15 m")]
    [InlineData("15min")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("15m\n")]
    [InlineData("366d")]
    [InlineData("99999999d")]
    [InlineData("999999999s")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void Format_AnyDuration_ReadsBack() =>
        Prop.ForAll(Gen.Choose(0, 365 * 24 * 3600).Select(seconds => TimeSpan.FromSeconds(seconds)).ToArbitrary(), duration =>
            Durations.TryParse(Durations.Format(duration), out var read) && read == duration)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Durations.TryParse(text ?? "", out _) || true)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
}
