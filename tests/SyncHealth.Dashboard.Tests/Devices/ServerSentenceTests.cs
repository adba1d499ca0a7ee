using SyncHealth.Dashboard.Devices;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Dashboard.Tests.Devices;

/// <summary>N6: the page says on whose word it speaks, and what it means where the two differ.</summary>
public sealed class ServerSentenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);
    private static readonly DeviceFacts Device = new() { Key = "00000000000000a1", LastSeenAt = Now.AddDays(-2), LastSuccessAt = Now.AddDays(-2) };
    private static readonly ServerWord Word = new() { LogSince = Now.AddDays(-9), LogUntil = Now, HeardAt = Now.AddDays(-2), AcceptedAt = Now.AddDays(-3), AcceptedItems = 1 };

    public static TheoryData<ChannelState, string> Sentences => new()
    {
        { ChannelState.NoLog, "All this is on the device's own word: the app's server sends no log of its own." },
        { ChannelState.LogSilent, "All this is on the device's own word: the server's log says nothing of the time of its last report. It reaches from 9 d ago to 0 s ago." },
        { ChannelState.Agree, "The server's own log agrees: the server last heard of it 2 d ago, and last took 1 change of it 3 d ago." },
        { ChannelState.TelemetryBlocked, "Its syncs arrive and its reports do not: by its own log the server heard of it 5 min ago, 1 d 23 h after its last report, and last took 4 changes of it 5 min ago. Its telemetry is blocked, not its sync." },
        { ChannelState.SyncBlocked, "Its reports arrive and its syncs do not: by its own log the server has never heard of it." },
        { ChannelState.Disputed, "The device says that it synced 2 d ago, and the server's own log does not know of it: the server last heard of it 2 d ago, and last took 1 change of it 3 d ago." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Of_EachState_SaysWhoseWordItIs(ChannelState state, string expected)
    {
        var word = state switch
        {
            ChannelState.NoLog => null,
            ChannelState.TelemetryBlocked => Word with { HeardAt = Now.AddMinutes(-5), AcceptedAt = Now.AddMinutes(-5), AcceptedItems = 4 },
            ChannelState.SyncBlocked => Word with { HeardAt = null, AcceptedAt = null, AcceptedItems = 0 },
            _ => Word,
        };
        var work = new WorkStanding(Device.Key, WorkState.Unknown, Now, [], 0) { Server = new ServerStanding(state, word) };

        Assert.Equal(expected, ServerSentence.Of(work, Device, Now).Replace('\u00A0', ' '));
    }
}
