namespace SyncHealth.Storage.Vitals;

/// <summary>The bounds that are really counted, and the widest table that answers.</summary>
internal sealed record CountedRange
{
    public DateTime Lo { get; init; }
    public DateTime Hi { get; init; }

    /// <summary><c>day</c>, <c>hour</c>, <c>minute</c> or <c>event</c>.</summary>
    public string Source { get; init; } = "";
}
