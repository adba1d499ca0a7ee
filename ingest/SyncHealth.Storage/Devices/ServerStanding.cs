using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Storage.Devices;

/// <summary>What the second channel adds to a device's own word. Pure.</summary>
/// <param name="State">How both go together.</param>
/// <param name="Word">What the server says; null when it sends no log.</param>
public sealed record ServerStanding(ChannelState State, ServerWord? Word)
{
    /// <summary>The app's server sends no log.</summary>
    public static readonly ServerStanding None = new(ChannelState.NoLog, null);

    /// <summary>Two clocks, two ways to us, and a log that is sent every half a minute: less than this apart is the same time.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>Holds both words against each other.</summary>
    public static ServerStanding Of(WorkFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Server is { } word ? new ServerStanding(StateOf(facts, word), word) : None;
    }

    private static ChannelState StateOf(WorkFacts facts, ServerWord word)
    {
        if (word.HeardAt > facts.LastSeenAt + Slack)
            return ChannelState.TelemetryBlocked;
        if (facts.LastSuccessAt is { } success && Covers(word, success) && !HeardBy(word, success))
            return ChannelState.Disputed;
        if (!Covers(word, facts.LastSeenAt))
            return ChannelState.LogSilent;
        return HeardBy(word, facts.LastSeenAt) ? ChannelState.Agree : ChannelState.SyncBlocked;
    }

    /// <summary>Whether the log spoke before and after this time, so that a device it does not name then was not there.</summary>
    private static bool Covers(ServerWord word, DateTimeOffset at) => word.LogSince < at - Slack && word.LogUntil >= at - Slack;

    private static bool HeardBy(ServerWord word, DateTimeOffset at) => word.HeardAt >= at - Slack;
}
