namespace SyncHealth.Fleet;

/// <summary>What the devices of one app version really did, counted beside the telemetry and not through it.</summary>
public sealed record VersionCount
{
    /// <summary>Sync cycles that ended.</summary>
    public long Attempts { get; init; }

    /// <summary>Cycles that succeeded, the partial ones included.</summary>
    public long Successes { get; init; }

    /// <summary>Successes in which the server refused some items.</summary>
    public long Partial { get; init; }

    /// <summary>Cycles that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Cycles that were stopped.</summary>
    public long Cancelled { get; init; }

    /// <summary>Attempts on a mobile network.</summary>
    public long Cellular { get; init; }

    /// <summary>Of those, the ones that failed.</summary>
    public long CellularFailures { get; init; }

    /// <summary>Conflicts met.</summary>
    public long Conflicts { get; init; }

    /// <summary>Successes as a percentage of attempts; null without attempts.</summary>
    public double? SuccessRate => Attempts == 0 ? null : 100.0 * Successes / Attempts;

    /// <summary>Both counts together.</summary>
    public VersionCount Plus(VersionCount other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new VersionCount
        {
            Attempts = Attempts + other.Attempts,
            Successes = Successes + other.Successes,
            Partial = Partial + other.Partial,
            Failures = Failures + other.Failures,
            Cancelled = Cancelled + other.Cancelled,
            Cellular = Cellular + other.Cellular,
            CellularFailures = CellularFailures + other.CellularFailures,
            Conflicts = Conflicts + other.Conflicts,
        };
    }
}
