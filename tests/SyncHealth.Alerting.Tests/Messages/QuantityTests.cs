using SyncHealth.Alerting.Messages;
using Xunit;

namespace SyncHealth.Alerting.Tests.Messages;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(91.24, "percent", 95, "91.2 %")]
    [InlineData(94.96, "percent", 95, "94.96 %")]       // must not read as the limit
    [InlineData(94.9996, "percent", 95, "94.9996 %")]
    [InlineData(95, "percent", 95, "95.0 %")]
    [InlineData(0, "percent", 95, "0.0 %")]
    [InlineData(61_340, "ms", 60_000, "61.3 s")]
    [InlineData(60_040, "ms", 60_000, "60.04 s")]
    public void Measured_Value_NeverReadsAsALimitItIsNot(double value, string unit, double limit, string expected) =>
        Assert.Equal(expected, Quantity.Measured(value, unit, limit));

    [Theory]
    [InlineData(95, "percent", "95 %")]
    [InlineData(1.5, "percent", "1.5 %")]
    [InlineData(60_000, "ms", "60 s")]
    [InlineData(2_500, "ms", "2.5 s")]
    public void Chosen_Limit_IsAsWritten(double value, string unit, string expected) => Assert.Equal(expected, Quantity.Chosen(value, unit));

    [Theory]
    [InlineData(-6, "percent", "6.0 points lower")]
    [InlineData(0.04, "percent", "the same")]
    [InlineData(12_480, "ms", "12.5 s higher")]
    [InlineData(-1200, "count", "1,200 lower")]
    [InlineData(0.4, "count", "the same")]
    public void Change_IsASizeAndADirection(double change, string unit, string expected) => Assert.Equal(expected, Quantity.Change(change, unit));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(45, "45 s")]
    [InlineData(1920, "32 min")]
    [InlineData(1925, "32 min 5 s")]
    [InlineData(3605, "1 h")]
    [InlineData(93_600, "1 d 2 h")]
    public void Span_Duration_TakesItsTwoLargestUnits(int seconds, string expected) => Assert.Equal(expected, Quantity.Span(TimeSpan.FromSeconds(seconds)));
}
