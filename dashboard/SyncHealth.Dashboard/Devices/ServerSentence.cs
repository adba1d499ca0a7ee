using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Dashboard.Devices;

/// <summary>On whose word the answer stands: the device's alone, or the log of the app's sync server beside it; and what it means where the two differ.</summary>
public static class ServerSentence
{
    /// <param name="work">Where the device's work stands.</param>
    /// <param name="device">The device.</param>
    /// <param name="now">The present.</param>
    public static string Of(WorkStanding work, DeviceFacts device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(device);
        if (work.Server.Word is not { } word)
            return "All this is on the device's own word: the app's server sends no log of its own.";
        return work.Server.State switch
        {
            ChannelState.TelemetryBlocked =>
                $"Its syncs arrive and its reports do not: by its own log the server heard of it {Ago(word.HeardAt!.Value, now)}, {Age(word.HeardAt.Value - device.LastSeenAt)} after its last report{Taken(word, now)}. Its telemetry is blocked, not its sync.",
            ChannelState.SyncBlocked =>
                $"Its reports arrive and its syncs do not: by its own log the server {Heard(word, now)}{Taken(word, now)}.",
            ChannelState.Disputed =>
                $"The device says that it synced {Ago(device.LastSuccessAt!.Value, now)}, and the server's own log does not know of it: the server {Heard(word, now)}{Taken(word, now)}.",
            ChannelState.LogSilent =>
                $"All this is on the device's own word: the server's log says nothing of the time of its last report. It reaches from {Ago(word.LogSince, now)} to {Ago(word.LogUntil, now)}.",
            _ => $"The server's own log agrees: the server {Heard(word, now)}{Taken(word, now)}.",
        };
    }

    private static string Heard(ServerWord word, DateTimeOffset now) => word.HeardAt is { } at ? $"last heard of it {Ago(at, now)}" : "has never heard of it";

    private static string Taken(ServerWord word, DateTimeOffset now) =>
        word.AcceptedAt is { } at ? $", and last took {Quantity.Of(word.AcceptedItems, "change", "changes")} of it {Ago(at, now)}" : "";

    private static string Ago(DateTimeOffset at, DateTimeOffset now) => $"{Age(now - at)} ago";

    private static string Age(TimeSpan span) => Quantity.Age(span.TotalSeconds);
}
