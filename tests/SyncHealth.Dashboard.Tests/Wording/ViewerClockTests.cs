using System.Globalization;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Wording;

public sealed class ViewerClockTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 23, 30, 5, TimeSpan.Zero);
    private static readonly ViewerClock Berlin = ViewerClock.Of("Europe/Berlin", 60);

    [Fact]
    public void Moment_SameDayForTheViewer_IsTheTimeAlone() => Assert.Equal("00:30", Berlin.Moment(At, At.AddHours(1)));

    [Fact]
    public void Moment_AnotherDayForTheViewer_HasTheDay() => Assert.Equal("5 Mar 00:30", Berlin.Moment(At, At.AddHours(24)));

    [Fact]
    public void InUtc_WhateverTheOffset_IsUtc() => Assert.Equal("2026-03-04 23:30:05 UTC", ViewerClock.InUtc(At.ToOffset(TimeSpan.FromHours(9))));

    [Fact]
    public void Full_BeforeAndAfterTheChangeToSummerTime_HasTheOffsetOfItsOwnDay()
    {
        Assert.Equal("29 Mar 01:30", Berlin.Full(new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero)));
        Assert.Equal("29 Mar 03:30", Berlin.Full(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("2026-03-04T12:00", 1)]
    [InlineData("2026-07-04T12:00", 2)]
    public void At_WhatTheWallShows_IsTheMomentOfThatDay(string wall, int offset)
    {
        var local = DateTime.Parse(wall, CultureInfo.InvariantCulture);

        Assert.Equal(new DateTimeOffset(local, TimeSpan.FromHours(offset)), Berlin.At(local));
        Assert.Equal(local, Berlin.Local(Berlin.At(local)).DateTime);
    }

    [Fact]
    public void WithUtc_AnyTime_SaysBoth() => Assert.Equal("5 Mar 00:30 (23:30 UTC)", Berlin.WithUtc(At));

    [Theory]
    [InlineData(null)]
    [InlineData("Nowhere/At_All")]
    [InlineData("../../../../etc/hostname")]
    [InlineData("/usr/share/zoneinfo/Europe/Paris")]
    public void Of_ZoneThatIsNotKnown_GoesByItsOffset(string? zone)
    {
        Assert.Equal("5 Mar 05:00", ViewerClock.Of(zone, 330).Full(At));
        Assert.Equal("4 Mar 16:30", ViewerClock.Of(zone, -420).Full(At));
        Assert.Equal("4 Mar 23:30", ViewerClock.Of(zone, int.MaxValue).Full(At));
    }
}
