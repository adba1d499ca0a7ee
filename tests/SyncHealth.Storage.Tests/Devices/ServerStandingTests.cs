using SyncHealth.Storage.Devices;
using SyncHealth.Storage.ServerLog;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

public sealed class ServerStandingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private static readonly WorkFacts Device = new() { Key = "00000000000000a1", LastSeenAt = Now.AddMinutes(-5), LastSuccessAt = Now.AddMinutes(-5) };

    private static readonly ServerWord Word = new() { LogSince = Now.AddDays(-9), LogUntil = Now, HeardAt = Now.AddMinutes(-5) };

    [Fact]
    public void Of_NoLog_IsTheDevicesWordAlone() => Assert.Equal(ServerStanding.None, ServerStanding.Of(Device));

    /// <summary>N6: the server hears of it, we do not: more than an hour after its last report it is its telemetry that is blocked.</summary>
    [Theory]
    [InlineData(60, ChannelState.Agree)]
    [InlineData(61, ChannelState.TelemetryBlocked)]
    public void Of_HeardAfterTheLastReport_IsTelemetryBlockedFromAnHourOn(int minutesLater, ChannelState state)
    {
        var device = Device with { LastSeenAt = Now.AddDays(-2), LastSuccessAt = Now.AddDays(-2) };
        Assert.Equal(state, ServerStanding.Of(device with { Server = Word with { HeardAt = device.LastSeenAt.AddMinutes(minutesLater) } }).State);
    }

    /// <summary>N6: we hear of it, the server does not: its syncs are blocked. A failed sync is no claim, so nothing is disputed.</summary>
    [Theory]
    [InlineData(60, ChannelState.Agree)]
    [InlineData(61, ChannelState.SyncBlocked)]
    public void Of_ReportsAfterTheServerHeard_IsSyncBlockedFromAnHourOn(int minutesBefore, ChannelState state)
    {
        var heard = Device.LastSeenAt.AddMinutes(-minutesBefore);
        Assert.Equal(state, ServerStanding.Of(Device with { LastSuccessAt = heard, Server = Word with { HeardAt = heard } }).State);
    }

    /// <summary>A success that the server knows nothing of.</summary>
    [Theory]
    [InlineData(60, ChannelState.Agree)]
    [InlineData(61, ChannelState.Disputed)]
    [InlineData(null, ChannelState.Disputed)]
    public void Of_ClaimsASyncThatTheServerDoesNotKnow_IsDisputed(int? minutesBefore, ChannelState state) => Assert.Equal(
        state, ServerStanding.Of(Device with { Server = Word with { HeardAt = minutesBefore is { } minutes ? Device.LastSuccessAt!.Value.AddMinutes(-minutes) : null } }).State);

    [Fact]
    public void Of_NeitherEverSynced_IsSyncBlocked() =>
        Assert.Equal(ChannelState.SyncBlocked, ServerStanding.Of(Device with { LastSuccessAt = null, Server = Word with { HeardAt = null } }).State);

    /// <summary>A log that stopped before the device's last report, or began after it, says nothing about it.</summary>
    [Theory]
    [InlineData(-9 * 1440, -66)]
    [InlineData(-60, 0)]
    public void Of_LogThatDoesNotReachThere_SaysNothing(int sinceMinutes, int untilMinutes) => Assert.Equal(
        ChannelState.LogSilent, ServerStanding.Of(Device with { Server = new ServerWord { LogSince = Now.AddMinutes(sinceMinutes), LogUntil = Now.AddMinutes(untilMinutes) } }).State);

    [Fact]
    public void Of_BothSilentSinceTheSameTime_Agree()
    {
        var last = Now.AddDays(-3);
        Assert.Equal(ChannelState.Agree, ServerStanding.Of(Device with { LastSeenAt = last, LastSuccessAt = last, Server = Word with { HeardAt = last } }).State);
    }

    /// <summary>What the server took since is known on its word, and moves the last proof; what waits on the device is not known any better.</summary>
    [Fact]
    public void Standing_TelemetryBlocked_ShowsWhatTheServerTookSince()
    {
        var device = Device with { LastSeenAt = Now.AddDays(-2), LastSuccessAt = Now.AddDays(-2), QueueDepth = 4, OldestPendingAt = Now.AddHours(-50) };

        var standing = WorkStanding.Of(device with { Server = Word with { AcceptedAt = Now.AddMinutes(-9), AcceptedItems = 3 } }, Now);

        Assert.Equal((WorkState.Stuck, Now.AddMinutes(-9), ChannelState.TelemetryBlocked), (standing.State, standing.ProvenAt, standing.Server.State));
        Assert.Equal(
            [new WorkEvidence(WorkState.Stuck, 4, device.LastSeenAt, device.OldestPendingAt), new WorkEvidence(WorkState.OnServer, 3, Now.AddMinutes(-9), By: Witness.Server)], standing.Evidence);
        Assert.Equal(standing.Evidence[0], standing.Present);
    }

    [Fact]
    public void Standing_TookNothingSinceTheLastReport_HasTheDevicesProof()
    {
        var device = Device with { LastSeenAt = Now.AddDays(-2), LastSuccessAt = Now.AddDays(-2) };
        var standing = WorkStanding.Of(device with { Server = Word with { AcceptedAt = Now.AddDays(-3), AcceptedItems = 3 } }, Now);
        Assert.Equal((device.LastSeenAt, 1), (standing.ProvenAt, standing.Evidence.Count));
    }

    /// <summary>Green on the device alone is not on the server.</summary>
    [Fact]
    public void Standing_Disputed_IsUnknownAndNotOnTheServer() =>
        Assert.Equal(WorkState.Unknown, WorkStanding.Of(Device with { Server = Word with { HeardAt = null } }, Now).State);

    [Fact]
    public void Standing_Agree_IsOnTheServer() => Assert.Equal(WorkState.OnServer, WorkStanding.Of(Device with { Server = Word }, Now).State);
}
