namespace SyncHealth.Storage.Verdicts;

/// <summary>A row of <c>VerdictSums.sql</c>: sums over the devices of one arm in one stratum, or in two.</summary>
internal sealed record VerdictRow
{
    public string Part { get; init; } = "";
    public int Arm { get; init; }
    public string Os { get; init; } = "";
    public string Network { get; init; } = "";
    public string Version { get; init; } = "";
    public string OtherOs { get; init; } = "";
    public string OtherNetwork { get; init; } = "";
    public string OtherVersion { get; init; } = "";
    public decimal Devices { get; init; }
    public decimal Attempts { get; init; }
    public decimal AttemptsSquared { get; init; }
    public decimal Successes { get; init; }
    public decimal SuccessesSquared { get; init; }
    public decimal SuccessProducts { get; init; }
    public decimal SuccessShares { get; init; }
    public decimal Slow { get; init; }
    public decimal SlowSquared { get; init; }
    public decimal SlowProducts { get; init; }
    public decimal SlowShares { get; init; }
    public decimal Conflicted { get; init; }
    public decimal ConflictedSquared { get; init; }
    public decimal ConflictedProducts { get; init; }
    public decimal ConflictedShares { get; init; }
}
