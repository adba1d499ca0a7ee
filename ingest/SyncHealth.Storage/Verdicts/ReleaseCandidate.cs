namespace SyncHealth.Storage.Verdicts;

/// <summary>A release that may be a baseline, as SQL returns it.</summary>
internal sealed record ReleaseCandidate
{
    public string Name { get; init; } = "";

    /// <summary>Start of the first day of the release in question; null where it was never seen.</summary>
    public DateTime? Since { get; init; }

    /// <summary>When its own first device was seen.</summary>
    public DateTime FirstAt { get; init; }

    /// <summary>Devices seen on it since then.</summary>
    public long Devices { get; init; }
}
