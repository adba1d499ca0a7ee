namespace SyncHealth.Testing.Faults;

/// <summary>One fault in one direction of a connection.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="After">Bytes that pass first, counted from the step before.</param>
public readonly record struct FaultStep(FaultKind Kind, int After = 0)
{
    /// <summary>How long <see cref="FaultKind.Delay"/> and <see cref="FaultKind.Stall"/> hold, in real time.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>What <see cref="FaultKind.Answer"/> says.</summary>
    public byte[]? Reply { get; init; }
}
