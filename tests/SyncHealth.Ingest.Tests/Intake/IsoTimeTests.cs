using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Ingest.Intake;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-11-22T08:00:00Z", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-22T08:00:00.123Z", "2026-11-22T08:00:00.1230000Z")]
    [InlineData("2026-11-22T08:00:00.123456789Z", "2026-11-22T08:00:00.1234567Z")]
    [InlineData("2026-11-22T08:00:00", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-22T08:00Z", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00.0000000Z")]
    [InlineData("2026-11-22 08:00:00z", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-22T08:00:00+02:00", "2026-11-22T06:00:00.0000000Z")]
    [InlineData("2026-11-22T08:00:00-0530", "2026-11-22T13:30:00.0000000Z")]
    [InlineData("2026-11-22T08:00:00+02", "2026-11-22T06:00:00.0000000Z")]
    [InlineData("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.0000000Z")]
    public void TryParse_Iso8601_IsThatInstant(string text, string expected)
    {
        Assert.True(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out var time));
        Assert.Equal(expected, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T08:60:00Z")]
    [InlineData("2026-11-22T08:00:00.Z")]
    [InlineData("2026-11-22T08:00:00+2:00")]
    [InlineData("2026-11-22T08:00:00Zulu")]
    [InlineData("2026-11-22T08")]
    [InlineData("11/22/2026")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_WhatTheFrameworkWrites_ComesBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<DateTimeOffset>(),
        time => IsoTime.TryParse(Encoding.UTF8.GetBytes(time.ToString("O", CultureInfo.InvariantCulture)), out var parsed) && parsed == time)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
}
