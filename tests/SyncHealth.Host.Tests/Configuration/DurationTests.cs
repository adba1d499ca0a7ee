using SyncHealth.Host.Configuration;
using Xunit;

namespace SyncHealth.Host.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("15s", 15)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120)]
    [InlineData("24h", 86400)]
    [InlineData("7d", 604800)]
    [InlineData(" 3m ", 180)]
    public void TryParse_WithAUnit_IsSeconds(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-3m")]
    [InlineData("3 weeks")]
    [InlineData("1e9d")]
    [InlineData("99999999999d")]
    [InlineData("1m30s")]
    public void TryParse_OfAnythingElse_Fails(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("500ms")]
    [InlineData("15s")]
    [InlineData("90s")]
    [InlineData("2m")]
    [InlineData("24h", "1d")]
    [InlineData("36h")]
    public void Format_OfAParsedText_IsItsShortestForm(string text, string? expected = null)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(expected ?? text, Duration.Format(value));
    }
}
