namespace SyncHealth.Statistics.Causes;

/// <summary>A change to explain: counts of rollups, nothing per device.</summary>
public sealed record CauseInput
{
    /// <summary>Everything, in the period compared with (the same hours last week, or the baseline).</summary>
    public required CauseCounts Before { get; init; }

    /// <summary>Everything, in the period in question.</summary>
    public required CauseCounts Now { get; init; }

    /// <summary>The segments: those of one dimension add up to everything; those of two or three dimensions are optional and sharpen the answer.</summary>
    public required IReadOnlyList<CauseElement> Elements { get; init; }

    /// <summary>The dimension whose values take one another's place on the same devices, as app versions do; null where none does.</summary>
    public string? Succession { get; init; }

    /// <summary>The error codes of the failures; may be empty.</summary>
    public IReadOnlyList<ErrorCodeCounts> ErrorCodes { get; init; } = [];

    /// <summary>How many attempts are worth one independent one, from the devices of the whole fleet (<see cref="Devices.ShareEstimate.DesignEffect"/>); at least 1.</summary>
    public double DesignEffect { get; init; } = 1;
}
