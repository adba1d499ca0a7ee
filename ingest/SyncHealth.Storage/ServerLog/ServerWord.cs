namespace SyncHealth.Storage.ServerLog;

/// <summary>What an app's sync server said of one device. Times are by the server's clock.</summary>
public sealed record ServerWord
{
    /// <summary>Since when the server sends its log: what lies before it says nothing.</summary>
    public required DateTimeOffset LogSince { get; init; }

    /// <summary>The last time that the log spoke of any device: what lies after it says nothing.</summary>
    public required DateTimeOffset LogUntil { get; init; }

    /// <summary>When the device last reached the server, to send or to fetch; null when it never did.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>When the server last took changes of it; null when it never did.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>How many it took then.</summary>
    public int AcceptedItems { get; init; }
}
