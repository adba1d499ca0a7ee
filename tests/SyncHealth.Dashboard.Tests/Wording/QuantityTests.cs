using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Wording;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(100, "100 %")]
    [InlineData(99.999, "99.99 %")]
    [InlineData(99.951, "99.95 %")]
    [InlineData(95, "95 %")]
    [InlineData(86.44, "86.4 %")]
    [InlineData(0.004, "0.01 %")]
    [InlineData(0, "0 %")]
    public void Percent_NeverRoundsToAllOrNothing(double value, string expected) => Assert.Equal(expected, Plain(Quantity.Percent(value)));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(812, "812 ms")]
    [InlineData(999.6, "1 s")]
    [InlineData(1840, "1.8 s")]
    [InlineData(9949, "9.9 s")]
    [InlineData(9960, "10 s")]
    [InlineData(71_200, "71 s")]
    [InlineData(125_000, "2 min 5 s")]
    [InlineData(7_500_000, "2 h 5 min")]
    public void Milliseconds_UseTheUnitPeopleWould(double value, string expected) => Assert.Equal(expected, Plain(Quantity.Milliseconds(value)));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(45, "45 s")]
    [InlineData(259, "4 min 19 s")]
    [InlineData(754, "12 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(273_600, "3 d 4 h")]
    public void Age_IsTheTwoLargestUnits(double seconds, string expected) => Assert.Equal(expected, Plain(Quantity.Age(seconds)));

    [Theory]
    [InlineData(0, "0 devices")]
    [InlineData(1, "1 device")]
    [InlineData(12_340, "12,340 devices")]
    public void Of_AgreesInNumber(double value, string expected) => Assert.Equal(expected, Plain(Quantity.Of(value, "device", "devices")));

    [Theory]
    [InlineData(1.2, "+1.2")]
    [InlineData(-9.1, "−9.1")]
    [InlineData(0.04, "±0")]
    public void Change_HasASign(double value, string expected) => Assert.Equal(expected, Quantity.Change(value, number => Quantity.Number(number, 1)));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
