using SyncHealth.Storage.Devices;

namespace SyncHealth.Api.Work;

/// <summary>What the log of an app's own sync server says of a device, and how that goes together with what the device reports.</summary>
/// <param name="State">
/// <c>no_log</c> (the server sends none), <c>log_silent</c> (it does not reach as far as the device's last report), <c>agree</c>, <c>telemetry_blocked</c>
/// (syncs arrive, reports do not), <c>sync_blocked</c> (reports arrive, syncs do not) or <c>disputed</c> (the device claims a sync that the server does not know).
/// </param>
/// <param name="HeardAt">When the device last reached the server; null when it never did.</param>
/// <param name="AcceptedAt">When the server last took changes of it; null when it never did.</param>
/// <param name="AcceptedItems">How many then.</param>
/// <param name="LogSince">Since when the server sends its log; null when it sends none.</param>
/// <param name="LogUntil">Until when it has spoken of any device.</param>
public sealed record ServerView(string State, DateTimeOffset? HeardAt, DateTimeOffset? AcceptedAt, int AcceptedItems, DateTimeOffset? LogSince, DateTimeOffset? LogUntil)
{
    public static ServerView Of(ServerStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var word = standing.Word;
        return new ServerView(NameOf(standing.State), word?.HeardAt, word?.AcceptedAt, word?.AcceptedItems ?? 0, word?.LogSince, word?.LogUntil);
    }

    private static string NameOf(ChannelState state) => state switch
    {
        ChannelState.LogSilent => "log_silent",
        ChannelState.Agree => "agree",
        ChannelState.TelemetryBlocked => "telemetry_blocked",
        ChannelState.SyncBlocked => "sync_blocked",
        ChannelState.Disputed => "disputed",
        _ => "no_log",
    };
}
