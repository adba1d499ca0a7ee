namespace SyncHealth.Storage.Vitals;

/// <summary>The bounds that are really counted, and the widest rows that answer.</summary>
internal sealed record CountedRange
{
    public DateTime Lo { get; init; }
    public DateTime Hi { get; init; }

    /// <summary><c>day</c>, <c>hour</c>, <c>minute</c>, <c>fine_day</c>, <c>fine_hour</c> or <c>event</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether the rows of a margin answer as they stand.</summary>
    public bool IsMargin { get; init; }

    /// <summary>Devices of points that begin before it are unknown; null when none are.</summary>
    public DateTime? DevicesFrom { get; init; }
}
