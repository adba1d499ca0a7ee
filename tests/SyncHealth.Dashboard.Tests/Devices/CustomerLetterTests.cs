using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Dashboard.Tests.Devices;

public sealed class CustomerLetterTests
{
    private static readonly DateTimeOffset Seen = new(2026, 3, 4, 23, 30, 0, TimeSpan.Zero);
    private static readonly DeviceFacts Device = new() { Key = "00000000000000a1", DeviceModel = "Pixel 8", LastSeenAt = Seen };
    private static readonly TimeZoneInfo Berlin = TimeZones.Find("Europe/Berlin")!;
    private static readonly WorkFacts Facts = new() { Key = Device.Key, LastSeenAt = Seen, LastSuccessAt = Seen };
    private static readonly ServerWord Word = new() { LogSince = Seen.AddDays(-9), LogUntil = Seen };

    /// <summary>One line for each state, in the customer's own day.</summary>
    [Theory]
    [InlineData(WorkState.Discarded, 13, "13 changes were discarded when the app was reset, last on 5 March 2026, 00:30. Our server never received them.")]
    [InlineData(WorkState.Discarded, 1, "1 change was discarded when the app was reset, last on 5 March 2026, 00:30. Our server never received it.")]
    [InlineData(WorkState.Rejected, 2, "2 changes were not accepted by our server, last on 5 March 2026, 00:30.")]
    [InlineData(WorkState.Overwritten, 1, "1 change was replaced by a change made elsewhere at the same time, last on 5 March 2026, 00:30.")]
    [InlineData(WorkState.Stuck, 1, "1 change has been waiting on the device since 3 March 2026, 01:30 and does not get through.")]
    [InlineData(WorkState.Stuck, 3, "3 changes have been waiting on the device since 3 March 2026, 01:30 and do not get through.")]
    [InlineData(WorkState.Queued, 3, "3 changes were waiting on the device since 3 March 2026, 01:30, not yet on our server.")]
    [InlineData(WorkState.OnServer, null, "Nothing was waiting on the device: all you had written by 5 March 2026, 00:30 is on our server.")]
    [InlineData(WorkState.Unknown, null, "Nothing was waiting on the device on 5 March 2026, 00:30: what you had written by then is on our server. It has not been in touch since.")]
    public void Line_EachState_SaysWhatIsKnownInTheCustomersTime(WorkState state, int? items, string expected) =>
        Assert.Equal(expected, CustomerLetter.Line(new WorkEvidence(state, items, Seen, Seen.AddHours(-47)), Berlin));

    [Fact]
    public void Line_WithoutASince_SaysNone()
    {
        Assert.Equal("2 changes were waiting on the device, not yet on our server.", CustomerLetter.Line(new WorkEvidence(WorkState.Queued, 2, Seen), Berlin));
        Assert.Equal("The device has never reached our server, so we cannot tell what it holds.", CustomerLetter.Line(new WorkEvidence(WorkState.Unknown, null, Seen), Berlin));
    }

    [Fact]
    public void Write_WholeLetter_HasWhatIsKnownWhatToDoAndWhatNobodyKnows()
    {
        var work = new WorkStanding("00000000000000a1", WorkState.Discarded, Seen, [new(WorkState.Discarded, 13, Seen.AddHours(-2)), new(WorkState.Queued, 9, Seen)], MissingReports: 1);

        var text = CustomerLetter.Write(work, Device, Berlin);

        Assert.Equal(
            """
            We looked at what your device (Pixel 8) last told us, on 5 March 2026, 00:30.
            - 13 changes were discarded when the app was reset, last on 4 March 2026, 22:30. Our server never received them.
            - 9 changes were waiting on the device, not yet on our server.
            - 1 report of your device has not reached us, so this list may have holes.

            Please open the app while you are online, and do not delete or reset it before the changes are sent: until then they are only on your device.
            We see this for the device as a whole, not for a single note, and only what the device itself reported. What you wrote on it after 5 March 2026, 00:30 is not known to us yet.
            Times are those of Europe/Berlin.

            """.ReplaceLineEndings("\n"),
            text);
    }

    /// <summary>N6: where the server sends its log, the letter speaks on both words.</summary>
    [Fact]
    public void Write_TelemetryBlocked_SaysWhatOurServerTookSince()
    {
        var work = WorkStanding.Of(Facts with { Server = Word with { HeardAt = Seen.AddDays(3), AcceptedAt = Seen.AddDays(2), AcceptedItems = 1 } }, Seen.AddDays(3));

        var text = CustomerLetter.Write(work, Device, Berlin);

        Assert.Equal(
            """
            We looked at what your device (Pixel 8) last told us, on 5 March 2026, 00:30.
            - Nothing was waiting on the device on 5 March 2026, 00:30: what you had written by then is on our server. Since then its reports do not reach us, but it has been in touch with our server, last on 8 March 2026, 00:30.
            - Our server took 1 change from the device on 7 March 2026, 00:30.

            Please open the app while you are online, so that it can tell us how it stands. Do not delete or reset it before.
            We see this for the device as a whole, not for a single note, by what the device itself reported and by the log of our own server. What you wrote on it after 7 March 2026, 00:30 is not known to us yet.
            Times are those of Europe/Berlin.

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Write_Disputed_DoesNotClaimThatItArrived()
    {
        var text = CustomerLetter.Write(WorkStanding.Of(Facts with { Server = Word }, Seen), Device, Berlin);

        Assert.Contains("our server does not know of that sync: we cannot tell yet whether all you had written arrived.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("is on our server", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkState.OnServer, "There is nothing you need to do.")]
    [InlineData(WorkState.Stuck, "Please do not delete or reset the app")]
    [InlineData(WorkState.Unknown, "so that it can tell us how it stands")]
    public void Write_Advice_FollowsWhatWaitsNow(WorkState state, string advice) =>
        Assert.Contains(advice, CustomerLetter.Write(new WorkStanding("a", state, Seen, [new(state, 1, Seen)], 0), Device with { DeviceModel = "" }, Berlin), StringComparison.Ordinal);

    /// <summary>Summer time and half hours are the zone's business.</summary>
    [Theory]
    [InlineData("Asia/Kolkata", "5 March 2026, 05:00")]
    [InlineData("America/New_York", "4 March 2026, 18:30")]
    [InlineData("UTC", "4 March 2026, 23:30")]
    [InlineData("Atlantis/Capital", "4 March 2026, 23:30")]
    [InlineData("", "4 March 2026, 23:30")]
    [InlineData(null, "4 March 2026, 23:30")]
    public void Find_AnyName_IsItsZoneOrUtc(string? name, string expected) =>
        Assert.Contains($"on {expected} is", CustomerLetter.Line(new WorkEvidence(WorkState.OnServer, null, Seen), TimeZones.Find(name) ?? TimeZoneInfo.Utc).Replace("by ", "on ", StringComparison.Ordinal), StringComparison.Ordinal);
}
