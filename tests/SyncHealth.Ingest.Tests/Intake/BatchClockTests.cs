using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class BatchClockTests
{
    [Fact]
    public void Take_ClockAnHourFast_IsCorrectedByTheDrift()
    {
        var taken = Taking.OfEvent("""
            "timestamp":"2026-11-22T08:59:58Z","lastSuccessAt":"2026-11-22T08:30:00Z"
            """, outer: "\"sentAt\":\"2026-11-22T09:00:00Z\",");

        Assert.Equal(At("08:59:58"), taken.Event.DeviceAt);
        Assert.Equal(At("07:59:58"), taken.Event.EventAt);
        Assert.Equal(At("07:30:00"), taken.Event.LastSuccessAt);
        Assert.Equal(1, taken.Adjustments.ClockCorrected);
    }

    [Theory]
    [InlineData("08:54:59", "07:50:00", "07:50:00")]
    [InlineData("08:55:00", "07:50:00", "06:55:00")]
    [InlineData("07:05:00", "07:00:00", "07:55:00")]
    public void Take_DriftAroundTheThreshold_IsTakenOffFrom55Minutes(string sentAt, string timestamp, string expected)
    {
        var taken = Taking.OfEvent($"\"timestamp\":\"2026-11-22T{timestamp}Z\"", outer: $"\"sentAt\":\"2026-11-22T{sentAt}Z\",");

        Assert.Equal(At(expected), taken.Event.EventAt);
    }

    [Fact]
    public void Take_NoSentAt_LeavesTheClockUnquestioned()
    {
        var taken = Taking.OfEvent("\"timestamp\":\"2026-11-22T05:00:00Z\"");

        Assert.Equal(At("05:00:00"), taken.Event.EventAt);
    }

    [Fact]
    public void Take_AgeAgainstWallClock_AgeWinsFrom55Minutes()
    {
        var set = Taking.OfEvent("\"timestamp\":\"1970-01-02T00:00:00Z\",\"ageMs\":60000");
        var near = Taking.OfEvent("\"timestamp\":\"2026-11-22T07:30:00Z\",\"ageMs\":60000");

        Assert.Equal(At("07:59:00"), set.Event.EventAt);
        Assert.Equal(new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero), set.Event.DeviceAt);
        Assert.Equal(At("07:30:00"), near.Event.EventAt);
    }

    [Theory]
    [InlineData("\"2026-11-22T08:05:00Z\"", true)]
    [InlineData("\"2026-11-22T08:05:00.001Z\"", false)]
    [InlineData("\"2026-10-23T08:00:00Z\"", true)]
    [InlineData("\"2026-10-23T07:59:59.999Z\"", false)]
    [InlineData("\"9999-12-31T23:59:59.9999999Z\"", false)]
    [InlineData("292277026596000000", false)]
    [InlineData("-9223372036854775808", false)]
    [InlineData("1e300", false)]
    public void Take_EdgesOfTheRange_AreInside(string timestamp, bool isTaken)
    {
        var taken = Taking.OfEvent($"\"timestamp\":{timestamp}");

        Assert.Equal(isTaken ? 1 : 0, taken.Batch.Events.Count);
        Assert.Equal(isTaken ? 0 : 1, taken.Batch.Quarantined.Count);
    }

    [Fact]
    public void Take_OutOfRange_SaysWhichClockAndKeepsTheEventAside()
    {
        var taken = Taking.OfEvent("\"timestamp\":\"2027-01-01T00:00:00Z\",\"note\":\"n\"");

        var rejection = Assert.Single(taken.Rejections);
        Assert.Equal(ReasonCodes.TimestampOutOfRange, rejection.Code);
        Assert.Contains("the server's clock", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("2026-11-22T08:00:00.000Z", rejection.Message, StringComparison.Ordinal);
        var kept = Assert.Single(taken.Batch.Quarantined);
        Assert.Equal("notes", kept.App);
        Assert.Equal(ReasonCodes.TimestampOutOfRange, kept.Code);
        Assert.Equal(
            """{"timestamp":"2027-01-01T00:00:00+00:00","type":"delta","durationMs":812,"conflictCount":0,"queuedItems":0,"retries":0,"trigger":"unknown","network":"unknown","outcome":"success"}""",
            kept.Json);
    }

    /// <summary>What no contract knows, nobody has scrubbed: it is not kept. What is known comes scrubbed.</summary>
    [Fact]
    public void Take_QuarantinedEvent_KeepsWhatIsKnownScrubbedAndNothingElse()
    {
        var taken = Taking.OfEvent("\"timestamp\":0,\"note\":\"ada@example.org\",\"seq\":7,\"appVersion\":\"2.0\",\"success\":false,\"error\":{\"kind\":\"auth\",\"code\":\"no user ada@example.org\"}");

        var json = Assert.Single(taken.Batch.Quarantined).Json;
        Assert.EndsWith("""
            "outcome":"failure","seq":7,"errorKind":"auth","errorCode":"no user [email]","appVersion":"2.0"}
            """, json, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_HugeQuarantinedEvent_KeepsLittle()
    {
        var huge = new string('ä', 10_000);
        var taken = Taking.OfEvent($"\"timestamp\":0,\"pad\":\"{huge}\",\"appVersion\":\"{huge}\",\"os\":\"{huge}\",\"osVersion\":\"{huge}\",\"success\":false,\"error\":{{\"kind\":\"auth\",\"code\":\"{huge}\"}}");

        Assert.InRange(Assert.Single(taken.Batch.Quarantined).Json.Length, 800, 6_000);
    }

    [Theory]
    [InlineData("\"2026-11-22T08:03:00Z\"", "07:59:58.120")]
    [InlineData("\"2026-11-22T07:00:00Z\"", "07:00:00")]
    [InlineData("0", null)]
    [InlineData("\"2031-01-01T00:00:00Z\"", null)]
    [InlineData("null", null)]
    public void Take_LastSuccess_IsNeverLaterThanTheEvent(string lastSuccessAt, string? expected)
    {
        var taken = Taking.OfEvent($"\"lastSuccessAt\":{lastSuccessAt}");

        Assert.Equal(expected is null ? null : At(expected), taken.Event.LastSuccessAt);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-22T{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
