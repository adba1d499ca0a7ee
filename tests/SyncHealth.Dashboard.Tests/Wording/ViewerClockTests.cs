using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Wording;

public sealed class ViewerClockTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 23, 30, 5, TimeSpan.Zero);
    private static readonly ViewerClock Berlin = new(TimeSpan.FromHours(1));

    [Fact]
    public void Moment_SameDayForTheViewer_IsTheTimeAlone() => Assert.Equal("00:30", Berlin.Moment(At, At.AddHours(1)));

    [Fact]
    public void Moment_AnotherDayForTheViewer_HasTheDay() => Assert.Equal("5 Mar 00:30", Berlin.Moment(At, At.AddHours(24)));

    [Fact]
    public void InUtc_WhateverTheOffset_IsUtc() => Assert.Equal("2026-03-04 23:30:05 UTC", ViewerClock.InUtc(At.ToOffset(TimeSpan.FromHours(9))));
}
